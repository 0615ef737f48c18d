/** Vietnamese words of the day's list. */
export const vietnameseDay = {
  "target.title": "Cơ sở cần kiểm tra",
  "target.progress": "Đã kiểm tra {done}/{total}",
  "target.all": "Xem cả danh sách ({count} cơ sở)",
  "target.none_today": "Tổ của bạn không còn cơ sở nào phải kiểm tra hôm nay.",
  "target.today": "Hôm nay",
  "target.overdue": "Quá lịch từ {day}",
  "target.planned": "Lịch {day}",
  "target.last": "Lần trước {day}",
  "target.by_distance": "Xếp theo khoảng cách",
  "target.reason.risk": "Nguy cơ cao",
  "target.reason.long_ago": "Lâu chưa kiểm tra",
  "target.reason.never": "Chưa kiểm tra lần nào",
  "target.reason.breach": "Còn vi phạm chưa khắc phục",
  "target.reason.complaint": "Có đơn thư, phản ánh",
  "target.reason.chosen": "Được chọn đưa vào danh sách",
} as const;
