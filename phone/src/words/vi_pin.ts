/** Vietnamese words of the PIN, the lock and the work left sealed. */
export const vietnamesePin = {
  "pin.label": "Mã PIN",
  "pin.choose.title": "Đặt mã PIN cho điện thoại này",
  "pin.choose.lead":
    "Mã PIN khóa toàn bộ dữ liệu kiểm tra trên máy. Mỗi lần mở ứng dụng đều phải nhập. Cơ quan không biết và không lấy lại được mã này.",
  "pin.choose.hint": "Từ 6 chữ số trở lên, không dùng dãy dễ đoán hay ngày sinh.",
  "pin.repeat": "Nhập lại mã PIN",
  "pin.choose.submit": "Đặt mã PIN",
  "pin.fault.short": "Mã PIN cần ít nhất 6 chữ số.",
  "pin.fault.digits": "Mã PIN chỉ gồm chữ số.",
  "pin.fault.guessable": "Dãy số này dễ đoán. Hãy chọn dãy khác.",
  "pin.fault.different": "Hai lần nhập không giống nhau.",
  "pin.insecure": "Chỉ dùng được ứng dụng khi mở bằng địa chỉ https. Hãy báo quản trị viên.",
  "pin.not_made": "Máy chưa ghi được mã PIN. Hãy kiểm tra dung lượng trống rồi thử lại.",
  "lock.title": "Ứng dụng đang khóa",
  "lock.unlock": "Mở khóa",
  "lock.wrong": "Mã PIN không đúng. Còn {left} lần thử; sau đó máy xóa khóa, nội dung chưa gửi chỉ cơ quan mở được.",
  "lock.wait": "Hãy để màn hình này mở thêm {time} rồi thử lại.",
  "lock.waiting": "Chưa gửi: {count}. Nội dung này được giữ nguyên trên máy.",
  "lock.sent": "Đã gửi hết.",
  "lock.forgotten": "Quên mã PIN",
  "lock.forgotten.text":
    "Máy sẽ xóa khóa và dữ liệu đã tải về. Nội dung chưa gửi ({count}) vẫn nằm trên máy nhưng chỉ cơ quan mở được, bằng tệp niêm phong mà anh chị lưu và nộp. Sau đó đăng nhập lại và đặt mã PIN mới.",
  "lock.forgotten.confirm": "Xóa khóa trên máy này",
  "lock.now": "Khóa ngay",
  "pin.settings": "Mã PIN và khóa máy",
  "pin.settings.text": "Ứng dụng tự khóa sau 5 phút không thao tác.",
  "pin.change": "Đổi mã PIN",
  "pin.present": "Mã PIN hiện tại",
  "pin.next": "Mã PIN mới",
  "pin.changed": "Đã đổi mã PIN",
  "sealed.save": "Lưu tệp niêm phong nội dung chưa gửi",
  "sealed.explain":
    "Dùng khi máy sắp hỏng hoặc không gửi được: tệp chứa mọi thao tác và ảnh chưa gửi, chỉ cơ quan mở được. Nộp tệp cho quản trị viên.",
  "sealed.none": "Không còn nội dung nào chưa gửi.",
  "sealed.saved": "Đã lưu tệp niêm phong",
  "sealed.failed": "Máy không lưu được tệp. Nội dung vẫn còn nguyên trên máy.",
  "sealed.left": "Niêm phong, chờ nộp cơ quan: {count}",
  "sealed.left.text":
    "Đây là nội dung chưa gửi dưới mã PIN trước. Máy này không mở được nữa; hãy lưu tệp và nộp cho quản trị viên.",
  "sign_in.other_person": "Máy này đang do {name} sử dụng. Người đó phải đăng xuất trước.",
  "revoked.text":
    "Cơ quan đã ngừng quyền gửi dữ liệu của máy này. Dữ liệu đã tải về đã được xóa. Nội dung chưa gửi vẫn còn trên máy, được khóa bằng mã PIN.",
  "revoked.export": "Lưu tệp niêm phong nội dung chưa gửi",
  "settings.copy": "Lưu tệp niêm phong nội dung chưa gửi",
  "settings.sign_out.text":
    "Hãy ở lại cho đến khi gửi xong. Nếu buộc phải giao máy cho người khác, hãy lưu tệp niêm phong trước: sau khi đăng xuất, nội dung chưa gửi chỉ cơ quan mở được.",
  "settings.sign_out.leave": "Để lại dưới niêm phong và đăng xuất",
  "common.full":
    "Bộ nhớ máy đã đầy nên nội dung này chưa được ghi; những gì đã ghi vẫn còn nguyên. Hãy xóa bớt ảnh, ứng dụng khác, hoặc gửi hết ảnh đang chờ rồi ghi lại.",
};
