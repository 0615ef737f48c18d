"""The visit record (biên bản kiểm tra): its content as one canonical value, what was signed, what came later, and the
official document made of both."""
