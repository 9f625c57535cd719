"""What an office sets about its reports: who signs, who receives them, and the thresholds it is measured by."""

from dataclasses import dataclass

from duties.thresholds import STANDARD, Threshold


@dataclass(frozen=True)
class ReportSettings:
    """What nobody entered is empty and stays blank on paper: no name and no title is made up.

    `authority` are the lines above the signer's name, as they are printed: "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG".
    """

    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    signer: str = ""
    thresholds: tuple[Threshold, ...] = STANDARD
