"""The one catalogue of refusals: stable code, HTTP status, Vietnamese and English words.

Code raises :class:`Refusal` with a code of the catalogue; the edge turns it into ``{"code", "message",
"errors"?}`` in the reader's language. A code that is not in the catalogue is a programming error and fails at
once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
FieldErrors = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One refusal: the HTTP status of a whole request refused for it, and its words."""

    status: int
    vi: str
    en: str


CATALOGUE: dict[str, Entry] = {
    # whole requests
    "malformed_request": Entry(400, "Không đọc được nội dung gửi lên.", "The request body cannot be read."),
    "unauthenticated": Entry(401, "Cần đăng nhập.", "Sign in first."),
    "token_expired": Entry(401, "Phiên đăng nhập đã hết hạn.", "The session has expired."),
    "wrong_credentials": Entry(401, "Sai tên đăng nhập hoặc mật khẩu.", "Wrong user name or password."),
    "forbidden": Entry(403, "Không có quyền làm việc này.", "You are not allowed to do this."),
    "device_revoked": Entry(
        403,
        "Thiết bị này đã bị thu hồi. Dữ liệu vừa gửi được giữ lại để quản trị viên xem xét.",
        "This device has been revoked. What it sent is kept for an administrator.",
    ),
    "not_found": Entry(404, "Không tìm thấy.", "Not found."),
    "method_not_allowed": Entry(405, "Địa chỉ này không nhận kiểu yêu cầu đó.", "Method not allowed here."),
    "changed_meanwhile": Entry(
        409, "Nội dung vừa được người khác thay đổi.", "Somebody has changed this meanwhile."
    ),
    "edition_too_early": Entry(
        422,
        "Phiên bản mới có hiệu lực sớm nhất từ ngày mai.",
        "A new edition comes into force tomorrow at the earliest.",
    ),
    "edition_overlaps": Entry(
        409,
        "Đã có phiên bản khác bắt đầu từ ngày đó hoặc sau đó. Hãy rút phiên bản ấy lại hoặc chọn ngày muộn hơn.",
        "Another edition begins on that day or later. Withdraw it or choose a later day.",
    ),
    "edition_in_force": Entry(
        409,
        "Phiên bản đã có hiệu lực nên không rút lại được. Hãy ban hành phiên bản mới.",
        "The edition is in force and cannot be withdrawn. Publish a new one.",
    ),
    "too_large": Entry(413, "Nội dung gửi lên vượt quá giới hạn.", "The request is larger than the limit."),
    "unsupported_media_type": Entry(415, "Kiểu nội dung không được hỗ trợ.", "Unsupported content type."),
    "unprocessable": Entry(422, "Dữ liệu chưa hợp lệ.", "Some values are not valid."),
    "too_many_attempts": Entry(
        429, "Thử quá nhiều lần. Xin đợi rồi thử lại.", "Too many attempts. Wait, then try again."
    ),
    "internal": Entry(
        500, "Máy chủ gặp lỗi. Lỗi đã được ghi lại.", "The server failed. The failure has been logged."
    ),
    "unavailable": Entry(
        503, "Máy chủ tạm thời chưa phục vụ được.", "The server cannot serve this right now."
    ),
    # one operation of a push
    "malformed": Entry(422, "Thao tác không đọc được.", "The operation cannot be read."),
    "validation": Entry(422, "Một số trường chưa hợp lệ.", "Some fields are not valid."),
    "unknown_kind": Entry(
        422, "Máy chủ không biết loại bản ghi này.", "The server does not know this kind of record."
    ),
    "unknown_field": Entry(422, "Máy chủ không biết trường này.", "The server does not know this field."),
    "unknown_scope": Entry(422, "Phạm vi này không tồn tại.", "This scope does not exist."),
    "wrong_scope": Entry(422, "Bản ghi thuộc phạm vi khác.", "The record belongs to another scope."),
    "idempotency_key_reused": Entry(
        409,
        "Khóa chống gửi trùng đã dùng cho đơn khác.",
        "The idempotency key was used for another petition.",
    ),
    "operation_id_reused": Entry(
        409, "Mã thao tác đã dùng cho nội dung khác.", "The operation id was used for other content."
    ),
    "device_cloned": Entry(
        409,
        "Số thứ tự thao tác đã dùng: thiết bị cần đăng ký lại.",
        "The operation number was used before: the device must enrol again.",
    ),
    "schema_too_old": Entry(
        422, "Ứng dụng quá cũ. Xin cập nhật rồi gửi lại.", "The app is too old. Update it and send again."
    ),
    "schema_too_new": Entry(
        422, "Ứng dụng mới hơn máy chủ. Xin đợi máy chủ nâng cấp.", "The app is newer than the server."
    ),
    "server_fault": Entry(
        500,
        "Máy chủ không xử lý được thao tác này. Văn phòng sẽ xem xét.",
        "The server could not process this operation.",
    ),
    "dismissed": Entry(
        422,
        "Văn phòng đã bỏ thao tác mà thao tác này phụ thuộc.",
        "The office dismissed what this operation depends on.",
    ),
    "busy": Entry(
        503, "Máy chủ đang bận. Ứng dụng sẽ tự gửi lại.", "The server is busy. The app will send it again."
    ),
    # domain
    "figures_do_not_add_up": Entry(
        500,
        "Số liệu không khớp nên báo cáo không được phát hành.",
        "The figures do not add up; nothing was issued.",
    ),
    "too_long_for_pages": Entry(
        422,
        "Bảng dài hơn 3.000 dòng chỉ lập được thành bảng tính Excel. Hãy lập lại, chỉ chọn XLSX hoặc kỳ ngắn hơn.",
        "A table of more than 3,000 lines is made as a workbook only. Order it as XLSX alone, or for less time.",
    ),
    "signing_failed": Entry(
        500,
        "Không ký số được tài liệu nên báo cáo không được phát hành. Xem chứng thư của cơ quan.",
        "The document could not be signed; nothing was issued. Look at the organisation's certificate.",
    ),
    "unknown_period": Entry(422, "Kỳ báo cáo không hợp lệ.", "The period is not valid."),
    "report_not_ready": Entry(409, "Báo cáo chưa hoàn thành.", "The report is not finished yet."),
    "report_finished": Entry(
        409,
        "Báo cáo đã xong nên không thu hồi được nữa.",
        "The report is finished and can no longer be called back.",
    ),
    "report_not_failed": Entry(409, "Báo cáo này không bị lỗi.", "This report did not fail."),
    "report_issued": Entry(
        409,
        "Báo cáo này đã phát hành hoặc đang phát hành.",
        "This report is issued already, or being issued.",
    ),
    "wrong_document_number": Entry(
        422,
        "Báo cáo cần số văn bản từ 1 đến 99999; sổ và biểu không có số.",
        "A report needs a document number from 1 to 99999; a register or table has none.",
    ),
    "wrong_document_date": Entry(
        422,
        "Ngày văn bản không được trước ngày chốt số liệu và không được sau hôm nay.",
        "The day of the document cannot be before the figures were sealed, nor after today.",
    ),
    "document_number_taken": Entry(
        409,
        "Số này trong năm đã cấp cho một văn bản khác.",
        "This number is given to another document of the year already.",
    ),
    "illegal_transition": Entry(
        409, "Không thể chuyển sang trạng thái này.", "The case cannot move to this status from where it is."
    ),
    # bytes of evidence
    "wrong_offset": Entry(
        409, "Phần gửi lên không nối tiếp phần đã có.", "The bytes do not continue what is already here."
    ),
    "upload_expired": Entry(
        410, "Lần gửi tệp này đã hết hạn. Xin gửi lại từ đầu.", "This upload has expired. Start it again."
    ),
    "unknown_tus_version": Entry(
        412,
        "Phiên bản giao thức gửi tệp không được hỗ trợ.",
        "This version of the upload protocol is unknown.",
    ),
    "wrong_media_type": Entry(
        422,
        "Nội dung tệp không đúng loại đã khai hoặc không phải loại được nhận.",
        "The file is not of the type that was announced, or not of one that is taken.",
    ),
    "upload_locked": Entry(
        423,
        "Tệp này đang được gửi từ một kết nối khác.",
        "Another connection is sending this file right now.",
    ),
    "checksum_mismatch": Entry(
        460, "Nội dung nhận được không khớp mã kiểm tra.", "What arrived does not match its checksum."
    ),
    "username_taken": Entry(409, "Tên đăng nhập đã có người dùng.", "The user name is taken."),
    "initial_password": Entry(
        403,
        "Mật khẩu này do người khác cấp. Hãy đặt mật khẩu của riêng mình.",
        "Somebody else made this password. Choose one of your own.",
    ),
    "weak_password": Entry(
        422, "Mật khẩu phải có ít nhất 12 ký tự.", "A password needs at least 12 characters."
    ),
    "guessable_password": Entry(
        422,
        "Mật khẩu này dễ đoán hoặc đã từng bị lộ. Xin chọn nhiều từ không liên quan đến nhau.",
        "This password is easy to guess or has leaked before. Choose several words that have nothing in common.",
    ),
    "file_refused": Entry(
        422,
        "Bộ quét mã độc của máy chủ không nhận tệp này.",
        "The server's malware scanner refuses this file.",
    ),
    "wrong_code": Entry(401, "Mã xác nhận không đúng hoặc đã dùng.", "The code is wrong or was used before."),
}


class Refusal(Exception):
    """A documented refusal. ``errors`` maps a field to its messages; ``retry_after`` is in seconds."""

    def __init__(
        self,
        code: str,
        *,
        errors: FieldErrors | None = None,
        retry_after: int | None = None,
        status: int | None = None,
    ) -> None:
        entry = CATALOGUE[code]
        super().__init__(f"{code}: {entry.en}")
        self.code = code
        self.errors = errors
        self.retry_after = retry_after
        self.status = status or entry.status


def message(code: str, language: Language = "vi") -> str:
    """The words of a refusal in ``language``."""
    entry = CATALOGUE[code]
    return entry.vi if language == "vi" else entry.en


def body(refusal: Refusal, language: Language = "vi") -> dict[str, object]:
    """The JSON body of a refused request."""
    answer: dict[str, object] = {"code": refusal.code, "message": message(refusal.code, language)}
    if refusal.errors:
        answer["errors"] = refusal.errors
    return answer
