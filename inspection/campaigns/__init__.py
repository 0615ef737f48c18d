"""Campaigns (đợt kiểm tra) and the people assigned to their teams."""
