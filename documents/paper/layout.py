"""The measures of a paper: NĐ 30/2020/NĐ-CP, Phụ lục I, in force since 5/3/2020.

One table for every renderer. Sizes end in `_pt` (points) or `_mm` (millimetres). Where the decree gives
a range, the comment gives it and the value is our choice inside it.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Layout:
    """Sizes and distances; see each field's comment for the range in Phụ lục I, mục I and II."""

    # I.1 to I.3: A4 upright, margins top and bottom 20-25, left 30-35, right 15-20.
    page_width_mm: float = 210
    page_height_mm: float = 297
    margin_top_mm: float = 20
    margin_bottom_mm: float = 20
    margin_left_mm: float = 30
    margin_right_mm: float = 20
    page_number_pt: float = 14  # I.7: 13-14, upright, centred in the top margin, not on page 1

    # II.6: 13-14, indent 10 or 12.7, at least 6 between paragraphs, single to 1.5 lines.
    body_pt: float = 14
    indent_mm: float = 12.7
    paragraph_gap_pt: float = 6
    line_height: float = 1.3225  # Word's "1.15 lines": 1.15 times the font's own 1.15

    # II.1 to II.5: the head in two columns; the national name is 95.7 wide in bold 13.
    head_left_mm: float = 63
    head_right_mm: float = 97
    national_name_pt: float = 13  # 12-13
    motto_pt: float = 14  # 13-14
    body_name_pt: float = 13  # 12-13, superior and issuing body alike
    body_name_small_pt: float = 12  # where a name else breaks into two lines
    symbol_pt: float = 13  # 13
    place_date_pt: float = 13  # 13-14; at 14 the longest place names break the line
    about_pt: float = 13  # 12-13, "V/v" of an official letter
    type_name_pt: float = 14  # 13-14
    subject_pt: float = 14  # 13-14
    subject_width_mm: float = 132
    short_rule_percent: float = 40  # a third to a half of the text above it
    rule_pt: float = 0.75

    # II.7 to II.9: signature in the right half, Nơi nhận at the left edge.
    closing_left_mm: float = 72
    closing_right_mm: float = 88
    signature_pt: float = 14  # 13-14
    signature_space_mm: float = 27
    recipients_word_pt: float = 12  # 12, bold italic
    recipients_pt: float = 11  # 11

    # II.10: 13-14, bold, red frame; the widths 30, 40 and 20 are with each mark.
    urgency_pt: float = 13
    urgency_height_mm: float = 8

    # Papers of the Party: Hướng dẫn 36-HD/VPTW (2018), where it differs.
    party_pt: float = 15  # "ĐẢNG CỘNG SẢN VIỆT NAM", bold
    party_name_pt: float = 14  # names of bodies, number, date
    party_about_pt: float = 12  # of an official letter, in italics
    party_type_pt: float = 16  # type name, bold
    party_recipients_word_pt: float = 14  # underlined
    party_recipients_pt: float = 12

    # Phụ lục: its word and number 14, its title 13-14.
    annex_pt: float = 14

    table_pt: float = 13  # not in the decree; the smallest body size
    table_padding_mm: float = 1.4
    small_table_pt: float = 11  # books: as small as Nơi nhận, so that a year is short
    small_table_padding_mm: float = 0.8
    tick_mm: float = 4  # not in the decree; the side of a box to tick
    signin_row_mm: float = 7.8  # and 0.6 of padding above and below: 9 to sign in

    @property
    def text_width_mm(self) -> float:
        """The width between the side margins of an upright page, in mm."""
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm

    def values(self) -> dict[str, str]:
        """The table as text for the style sheet's placeholders."""
        return {name: f"{value:g}" for name, value in asdict(self).items()}


LAYOUT = Layout()
