"""Why a cell's content cannot be taken: the kinds, each judged by one rule of the same name."""

KINDS = (
    "not_a_number",  # words where a number is asked
    "two_readings",  # 1.234 in a decimal column: 1,234 or 1234
    "decimal_in_integer",  # 1.2 where people or events are counted, often 1.200 typed on an English machine
    "date_in_number",  # 12/5 that Excel turned into a date
    "approximate",  # khoảng 500, hơn 1.000
    "range",  # 200-300
    "sum_typed",  # 12+15+8 as text
    "fraction",  # 12/15
    "several_numbers",  # 12 (trong đó 5 nữ)
    "letters_in_number",  # 1O, l2
    "number_in_words",  # mười hai
    "negative",
    "percent_in_number",  # 5%, or a number shown as a percentage
    "no_number_word",  # a dash, dots, x
    "not_yet",  # chưa có
    "none_for_stock",  # "không có" for what has accumulated over years
    "wrong_unit_word",  # 12 buổi where lớp are counted
    "boolean_in_number",
    "error_value",  # #REF!
    "not_calculated",  # a formula without a stored value
    "not_a_date",
    "two_digit_year",
    "not_a_choice",
    "merged",  # one cell over several rows
    "hidden",  # a value in a hidden row or column
)
# What is taken as it stands, but should be looked at.
REMARKS = ("legacy_mixed",)  # part of the text is in an old Vietnamese encoding
