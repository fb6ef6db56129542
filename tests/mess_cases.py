"""The 104 kinds of mess that units have been seen to send: what each gets, and the test that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LEVELS = {
    "A": "tự sửa, ghi lại",
    "W": "cảnh báo, vẫn tính",
    "E": "lỗi, ô đó chưa tính",
    "R": "không nhận tệp",
    "–": "giữ làm minh chứng",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One kind: its number and words, level (A W E R –), rule codes, handling; ``test`` is file::function below tests/."""

    number: int
    what: str
    example: str
    level: str
    rules: str
    handling: str
    test: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a figure cell, and what is made of it: an amount taken, or a rule with its proposal."""

    number: int
    typed: object
    amount: Decimal | None
    rule: str = ""
    proposal: str = ""
    money: bool = False


def taken(number: int, typed: object, amount: str, money: bool = False) -> Cell:
    return Cell(number, typed, Decimal(amount), money=money)


def asked(number: int, typed: object, rule: str, proposal: str = "", money: bool = False) -> Cell:
    return Cell(number, typed, None, rule, proposal, money)


BOOKS, FILES, MAIL, INTAKE, MESSY, MERGE = (
    "test_reading_books.py", "test_validate_files.py", "test_validate_mail.py", "test_intake.py", "test_messy.py", "test_merge.py",
)  # fmt: skip
FORMATS, TEMPLATE, HERE = "test_formats.py", "test_validate_template.py", "test_mess.py"
STATES = f"{MESSY}::test_every_fault_ends_in_its_state"
CELLS_TEST = f"{HERE}::test_what_stands_in_a_cell"

CASES = (
    Case(1, "Tên tệp tùy tiện", "Book1.xlsx", "A", "", "Nhận ra nhờ trang ẩn của biểu", f"{BOOKS}::test_moved_renamed_sorted_and_inserted_gives_the_same_figures"),
    Case(2, "Tên tệp nói đơn vị này, trong tệp là đơn vị khác", "Càng Long.xlsx mã TV-848", "R", "T08", "Không tính cho đến khi có quyết định gán tệp", f"{FILES}::test_T08_error"),
    Case(3, "Mất mã, chỉ còn tên tệp", "chép sang sổ mới", "W", "T12", "Nhận nếu tên trùng khít một đơn vị", f"{FILES}::test_T12_error"),
    Case(4, "Chỉ ghi “Duyên Hải”", "BC Duyên Hải.xlsx", "R", "T07", "Hỏi: Huyện đoàn hay Thị đoàn", f"{HERE}::test_004_duyen_hai_asks"),
    Case(5, "Ghi “TĐ Trà Vinh”", "TĐ Trà Vinh.xlsx", "R", "T07", "Hỏi, không đoán", f"{HERE}::test_005_td_tra_vinh_asks"),
    Case(6, "Gửi hai lần cùng một tệp", "… (1).xlsx", "A", "", "Tính một lần", f"{MERGE}::test_identical_copies_count_once"),
    Case(7, "Hai bản khác nhau, không rõ bản sau", "final_final", "R", "T13", "Theo ngày thư hoặc quyết định; không theo chữ trong tên tệp", f"{FILES}::test_T13_error"),
    Case(8, "Bản bổ sung một số dòng", "bo sung hd 16.xlsx", "W", "T23", "Gộp khi biểu ghi “bổ sung” và không mâu thuẫn", "test_validate_decisions.py::test_a_supplement_fills_blank_cells_and_each_keeps_its_own_address"),
    Case(9, "Tên tệp Unicode tổ hợp", "Báo cáo", "A", "", "So ở dạng dựng sẵn (NFC)", f"{HERE}::test_009_decomposed_names_are_composed"),
    Case(10, "Tên trong tệp nén sai bảng mã", "B├ío c├ío", "A", "T20", "Đọc lại theo UTF-8 hoặc cp1258", f"{INTAKE}::test_names_without_the_utf8_mark_are_decoded"),
    Case(11, "Tệp hệ thống", "~$x.xlsx, __MACOSX", "A", "", "Bỏ qua, có ghi", f"{BOOKS}::test_files_are_told_by_their_content"),
    Case(12, "Tệp nén .zip", "", "A", "T15", "Mở, có giới hạn; không mở lớp thứ hai", f"{INTAKE}::test_an_archive_gives_its_files"),
    Case(13, "Tệp .rar, .7z", "", "R", "T02", "Đề nghị giải nén", f"{FILES}::test_T02_error"),
    Case(14, "Tệp đặt mật khẩu", "", "R", "T03", "Nói rõ là có mật khẩu", f"{FORMATS}::test_a_file_with_another_password_is_named_and_not_called_damaged"),
    Case(15, "Tệp nén có mật khẩu", "", "R", "T15", "Nói rõ là có mật khẩu", f"{INTAKE}::test_a_locked_archive_says_so"),
    Case(16, "Bản ký quét, ảnh chụp", "BC ký.pdf", "–", "T19", "Giữ làm minh chứng, nhắc gửi Excel", f"{MAIL}::test_T19_error"),
    Case(17, "Tệp Word", "BC.docx", "–", "T19", "Giữ làm minh chứng, nhắc gửi Excel", f"{STATES}"),
    Case(18, "Chỉ có đường liên kết Google", "", "–", "T17", "Hướng dẫn tải xuống .xlsx", f"{MAIL}::test_T17_error"),
    Case(19, "Tệp .ods; tệp .csv", "", "A", "T02", ".ods đọc được; .csv không nhận", f"{FORMATS}::test_libreoffice_saves_the_same_figures_in_every_format"),
    Case(20, "Excel cũ .xls", "", "A", "T21", "Đọc; bảng mã cũ thì cảnh báo", f"{FORMATS}::test_xls_reads_like_xlsx"),
    Case(21, "HTML, XML 2003 mang đuôi .xls", "", "R", "T14", "Hướng dẫn lưu thành .xlsx", f"{MAIL}::test_T14_error"),
    Case(22, ".xls đổi đuôi thành .xlsx", "", "A", "T20", "Nhận theo nội dung", f"{FORMATS}::test_xls_named_xlsx_is_read_and_noted"),
    Case(23, "Tệp có macro .xlsm", "", "A", "T20", "Đọc số liệu, không chạy macro", f"{STATES}"),
    Case(24, "Tệp .xlsb", "", "A", "", "Đọc", f"{FORMATS}::test_xlsb_reads_like_xlsx"),
    Case(25, "Tệp rỗng, tải dở", "0 byte", "R", "T01", "Đề nghị tải lại, gửi lại", f"{FILES}::test_T01_error"),
    Case(26, "winmail.dat", "", "R", "T16", "Nói rõ cách gửi lại", f"{MAIL}::test_T16_error"),
    Case(27, "Tên tệp đính kèm bị mã hóa hoặc không có", "=?UTF-8?B?…", "A", "", "Giải mã; nhận theo nội dung", f"{INTAKE}::test_names_are_decoded_however_they_are_written"),
    Case(28, "Thư chuyển tiếp có cả bản cũ", "Fwd:", "A", "", "Mỗi tệp theo ngày thư gốc của nó", f"{INTAKE}::test_a_forwarded_message_keeps_its_own_sender_and_day"),
    Case(29, "Số liệu chỉ nằm trong lời thư", "số tổ 12", "–", "T17", "Không tính; giữ lời thư", f"{MAIL}::test_T17_error"),
    Case(30, "Tệp lưu từ Zalo", "ngày lưu tệp", "A", "", "Không dùng ngày của tệp", f"{BOOKS}::test_the_day_received_is_in_the_name"),
    Case(31, "Tệp của chương trình khác", "", "R", "T06", "Không phải biểu mẫu", f"{FILES}::test_T06_error"),
    Case(32, "Đơn vị ngoài danh sách", "xã Đoàn", "R", "T09", "Không cộng; bỏ ra bằng quyết định", f"{FILES}::test_T09_error"),
    Case(33, "Tệp của Ban để lẫn thư mục huyện", "", "A", "", "Theo mã trong tệp, không theo thư mục", f"{HERE}::test_033_the_folder_does_not_matter"),
    Case(34, "Gửi muộn", "", "W", "", "Vẫn tính, ghi số ngày muộn", f"{MERGE}::test_a_late_unit"),
    Case(35, "Tệp đám mây chưa tải về", "OneDrive", "R", "T01", "Nói là chưa tải về đủ", f"{STATES}"),
    Case(36, "Biểu mẫu năm trước", "", "R", "T11 M02", "Không đọc theo vị trí dòng", f"{FILES}::test_T11_error"),
    Case(37, "Mất trang ẩn", "", "W", "T12", "Đọc theo cột mã", f"{FILES}::test_T12_error"),
    Case(38, "Đổi tên trang", "Sheet1", "A", "T20", "Nhận ra nhờ tiêu đề cột", f"{BOOKS}::test_moved_renamed_sorted_and_inserted_gives_the_same_figures"),
    Case(39, "Trang ẩn", "", "A", "M14", "Đọc cả trang ẩn; hai trang khác nhau thì không nhận", f"{HERE}::test_039_a_hidden_sheet_is_read"),
    Case(40, "Trang thừa", "chi tiết từng xã", "A", "T20", "Không đọc, có nêu tên", f"{HERE}::test_040_other_sheets_are_named"),
    Case(41, "Hai trang cùng biểu", "Mẫu (2)", "R", "M14", "Trang trống bỏ qua; khác nhau thì không nhận", f"{BOOKS}::test_a_second_sheet_of_the_same_form_is_seen"),
    Case(42, "Nhiều đơn vị trong một tệp", "mỗi xã một cột", "W", "M12", "Cột thêm không đọc, có nêu", f"{HERE}::test_042_columns_of_communes_are_not_added"),
    Case(43, "Gửi lại biểu trống", "", "R", "M01", "Coi là chưa nộp", f"{TEMPLATE}::test_M01_error"),
    Case(44, "Còn dòng ví dụ", "Ví dụ: 12", "A", "", "Biểu mẫu không in ví dụ trong ô số liệu", f"{HERE}::test_044_the_template_prints_no_sample"),
    Case(45, "Xóa dòng", "", "E", "M07 M08", "Bắt buộc: lỗi; không bắt buộc: cảnh báo", f"{TEMPLATE}::test_M07_error"),
    Case(46, "Thêm dòng", "chỉ tiêu tự thêm", "W", "M11", "Không cộng, có nêu", f"{TEMPLATE}::test_M11_error"),
    Case(47, "Đổi thứ tự dòng", "", "A", "", "Tìm theo mã", f"{BOOKS}::test_moved_renamed_sorted_and_inserted_gives_the_same_figures"),
    Case(48, "Sửa mã", "5.1", "A", "", "Đọc nếu chỉ có một cách hiểu", f"{BOOKS}::test_codes_in_other_spellings_are_found"),
    Case(49, "Mã thành con số", "5.1 dạng số", "E", "M07 M11", "Không đoán 5.1 hay 5.10", f"{HERE}::test_049_a_code_that_became_a_number"),
    Case(50, "Thêm cột", "", "A", "M04", "Tìm cột theo tiêu đề; trùng tiêu đề thì không nhận", f"{BOOKS}::test_two_columns_with_one_heading_are_seen"),
    Case(51, "Sửa tiêu đề cột", "Kết qủa", "A", "M09", "Bỏ qua dấu; không nhận ra thì không nhận tệp", f"{HERE}::test_051_a_heading_without_its_accents"),
    Case(52, "Gộp ô qua nhiều dòng", "", "E", "S24", "Không biết của chỉ tiêu nào", f"{BOOKS}::test_cells_merged_over_rows_are_nobodys"),
    Case(53, "Gộp ô tiêu đề", "", "A", "", "Đọc bình thường", f"{HERE}::test_053_a_merged_heading_is_read"),
    Case(54, "Dòng ẩn có số", "", "E", "S25", "Không tính số bị ẩn", f"{BOOKS}::test_values_in_hidden_rows_and_columns_are_refused"),
    Case(55, "Đang bật lọc", "", "E", "S25", "Dòng bị lọc là dòng ẩn", f"{HERE}::test_055_a_filtered_row_is_a_hidden_row"),
    Case(56, "Dòng tổng cộng tự gõ", "245", "W", "M12", "Không cộng, có nêu", f"{HERE}::test_056_typed_totals_are_not_added"),
    Case(57, "Dòng cộng giữa nhóm", "", "W", "M12", "Không cộng, có nêu", f"{HERE}::test_056_typed_totals_are_not_added"),
    Case(58, "Gõ số vào cột ghi chú", "12 lớp", "E", "S28", "Hỏi lại", "test_validate_cells.py::test_S28_error"),
    Case(59, "Số lệch một dòng", "", "W", "K… H02 B01", "Kiểm tra chéo và danh sách hoạt động phát hiện; lệch hợp lý thì không thấy được", "test_validate_cross.py::test_figures_that_do_not_agree_are_an_error"),
    Case(60, "Sửa tên chỉ tiêu, đơn vị tính", "", "E", "M05 M06", "Tên: cảnh báo; đơn vị tính: lỗi", f"{TEMPLATE}::test_M06_error"),
    Case(61, "Ô báo lỗi", "#REF!", "E", "S19", "Không coi là trống", f"{BOOKS}::test_an_error_value_is_seen"),
    Case(62, "Công thức chưa có kết quả", "", "E", "S20", "Mở và lưu lại", f"{BOOKS}::test_a_formula_never_calculated_is_seen"),
    Case(63, "Công thức lấy từ tệp khác", "[1]Sheet1!C5", "W", "T21", "Dùng kết quả đã lưu", f"{HERE}::test_063_links_to_other_files_are_told"),
    Case(64, "Số nằm trong ghi chú ô", "", "A", "T20", "Nêu lại lời ghi chú", f"{HERE}::test_064_comments_with_figures_are_told"),
    Case(65, "Sai kích thước trang, kiểu lạ (WPS)", "", "A", "", "Đọc đủ", f"{BOOKS}::test_a_wrong_dimension_loses_nothing"),
    Case(66, "Hàng triệu dòng định dạng", "", "R", "T05", "Nêu ô ở quá xa", f"{BOOKS}::test_a_cell_at_the_far_end_is_named"),
    Case(67, "Hình, hộp chữ đè lên ô", "", "A", "", "Bỏ qua; bản đánh dấu thành danh sách", "test_returns.py::test_a_file_that_would_lose_something_gets_a_list_instead"),
    Case(68, "Strict Open XML", "", "A", "", "Đọc", f"{HERE}::test_068_strict_open_xml_is_read"),
    *(
        Case(number, what, example, level, rules, handling, CELLS_TEST)
        for number, what, example, level, rules, handling in (
            (69, "Dấu chấm hàng nghìn", "1.200", "A", "S27", "1200"),
            (70, "Dấu phẩy hàng nghìn", "1,200", "A", "S27 S02", "1200; ô số thập phân thì hỏi"),
            (71, "1.200 thành 1.2", "1.2", "E", "S03", "Hỏi có phải 1200"),
            (72, "1.234 trong ô đếm", "1.234", "E", "S03", "Hỏi có phải 1234"),
            (73, "Hai dấu phân cách", "1.234,5", "A", "S27", "Dấu sau là dấu thập phân"),
            (74, "Dấu cách hàng nghìn", "1 200", "A", "S27", "1200"),
            (75, "Kèm đơn vị tính", "12 buổi", "E", "S27 S17", "Đúng đơn vị: nhận; khác: hỏi"),
            (76, "Ước chừng", "khoảng 500", "E", "S05", "Đề nghị số chính xác"),
            (77, "Khoảng", "200-300", "E", "S06", "Không tính"),
            (78, "Phép cộng", "12+15+8", "E", "S07", "Hỏi có phải 35"),
            (79, "Phân số", "12/15", "E", "S08", "Không tính"),
            (80, "Ngày trong ô số", "12/5", "E", "S04", "Nêu lại 12/5"),
            (81, "Phần trăm dạng chữ", "5%", "E", "S13", "Không tính"),
            (82, "Ô định dạng phần trăm", "0,05", "E", "S13", "Nêu 5%"),
            (85, "Số 0 đứng đầu", "012", "A", "S27", "12"),
            (86, "Số dạng chữ", "'12", "A", "S27", "12"),
            (87, "Chữ O, l thay số", "1O", "E", "S10", "Hỏi có phải 10"),
            (88, "Chữ số toàn chiều rộng", "１２", "A", "S27", "12"),
            (89, "Dấu cách, ký tự ẩn", "12 ", "A", "S27", "12"),
            (90, "Gạch, “không có”, “chưa”", "-", "E", "S14 S15", "“không có” là 0; gạch và “chưa” là lỗi"),
            (91, "Số âm", "-5", "E", "S12", "Không tính"),
            (92, "Số người có phần lẻ", "12,5", "E", "S03", "Không tính"),
            (93, "Tiền gõ theo đồng", "25000000", "E", "B04", "Hỏi có phải 25 triệu"),
            (94, "Tiền có chữ", "1,5 tỷ", "A", "S27", "1500 triệu đồng"),
            (95, "Số viết bằng chữ", "mười hai", "E", "S11", "Hỏi có phải 12"),
            (96, "Hai con số", "12 (trong đó 5 nữ)", "E", "S09", "Hỏi có phải 12"),
            (100, "Số điện thoại trong ô đếm", "0912345678", "E", "B04", "Vượt mức tối đa"),
        )
    ),
    Case(83, "Gõ đè ô tỷ lệ", "16.3 = 100", "W", "M16", "Dùng tỷ lệ tự tính", f"{TEMPLATE}::test_M16_error"),
    Case(84, "Tỷ lệ trên 100%", "", "E", "K16a L10", "Xem lại tử số, mẫu số", "test_validate_lists.py::test_L10_error"),
    Case(97, "Trùng năm trước", "", "W", "L03", "Hỏi đã cập nhật chưa", "test_validate_lists.py::test_L03_error"),
    Case(98, "Lẫn lượt với người", "", "E", "K…", "Kiểm tra chéo phát hiện", "test_validate_cross.py::test_figures_that_do_not_agree_are_an_error"),
    Case(99, "Gõ 100 (%) vào ô đếm", "16.1 = 100", "W", "L11", "Hỏi số lượng thật", "test_validate_lists.py::test_L11_error"),
    Case(101, "Có, Đã, x, ✓", "đang", "W", "S26", "Nhận khi rõ nghĩa; “đang” không nhận, hỏi lại", "test_reading_numbers.py::test_yes_and_no"),
    Case(102, "Ngày viết nhiều kiểu", "20/11/26", "W", "S26 H04", "Ngày/tháng/năm đủ bốn chữ số mới nhận", "test_reading_numbers.py::test_dates_without_one_reading_are_refused"),
    Case(103, "Chữ TCVN3, VNI", "12 líp", "A", "T20 S29", "Đổi sang Unicode khi chắc chắn", f"{FORMATS}::test_text_in_tcvn3_is_read_in_unicode_and_its_numbers_follow_the_same_rules"),
    Case(104, "Chữ giống nhau, đặt dấu khác", "hoà/hòa, Ðoàn", "A", "", "Coi là một khi so sánh, giữ nguyên văn", f"{HERE}::test_104_look_alikes_compare_equal"),
)  # fmt: skip

# Cells of counts, and of money where the last argument says so.
CELLS = (
    taken(69, "1.200", "1200"), taken(69, "12.345", "12345"), taken(70, "1,200", "1200"),
    asked(70, "1,200", "S02", "1200", money=True), asked(71, 1.2, "S03", "1200"), asked(72, 1.234, "S03", "1234"),
    taken(73, "1.234,5", "1234.5", money=True), taken(73, "1,234.5", "1234.5", money=True),
    taken(74, "1 200", "1200"), taken(74, "1\u00a0200", "1200"), taken(74, "1\u202f200", "1200"),
    asked(75, "12 buổi", "S17", "12"), asked(76, "khoảng 500", "S05", "500"), asked(76, "hơn 1.000", "S05", "1.000"),
    asked(77, "200-300", "S06"), asked(77, "5 đến 7", "S06"), asked(78, "12+15+8", "S07", "35"), asked(79, "12/15", "S08"),
    asked(81, "5%", "S13"), taken(85, "012", "12"), taken(86, "'12", "12"), asked(87, "1O", "S10", "10"), asked(87, "l2", "S10", "12"),
    taken(88, "１２", "12"), taken(89, "12 ", "12"), taken(89, "12\n", "12"), taken(89, "12\u200b", "12"),
    taken(90, "không có", "0"), asked(90, "-", "S14"), asked(90, "…", "S14"), asked(90, "x", "S14"), asked(90, "chưa", "S15"),
    asked(91, -5, "S12", "5"), asked(92, 12.5, "S03", "12500"), asked(93, 250000000, "B04", "250", money=True),
    taken(94, "1,5 tỷ", "1500", money=True), taken(94, "500 triệu", "500", money=True), asked(95, "mười hai", "S11", "12"),
    asked(96, "12 (trong đó 5 nữ)", "S09", "12"), asked(100, 912345678, "B04"),
)  # fmt: skip


def render_mess() -> str:
    """All cases as a table for the public documents."""
    lines = [
        "# Các tình huống đã gặp và cách xử lý",
        "",
        "Mỗi tình huống có phép thử riêng. Mã là mã quy tắc trong [rules.md](rules.md). Tạo lại: `python -m tests.generated_docs`.",
        "",
        "| Số | Tình huống | Ví dụ | Mức | Mã | Xử lý |",
        "|---|---|---|---|---|---|",
    ]
    for case in sorted(CASES, key=lambda one: one.number):
        cells = (str(case.number), case.what, case.example, LEVELS[case.level], case.rules, case.handling)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"
