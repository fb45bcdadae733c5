from bot.skp.complaints import N_, Complaint


class CellProblem(ValueError):  # noqa: N818  What is raised is the problem itself.
    """Say what is wrong with one cell; the reader of the sheet knows where it stands."""

    def __init__(self, complaint: Complaint, **values: str) -> None:
        super().__init__(complaint.problem)
        self.complaint = complaint
        self.values = values


UNKNOWN_SHEET = Complaint(
    N_("The sheet “{sheet}” is not part of the roster and was not read."),
    N_("Rename it if it should be one of these: {sheets}."),
)
SHEET_TWICE = Complaint(
    N_("The sheet “{sheet}” stands in the file twice; this one was not read."),
    N_("Put all rows on one sheet."),
)
MISSING_COLUMN = Complaint(
    N_("The column “{column}” is missing."), N_("Add the heading “{column}” to the first row.")
)
UNKNOWN_COLUMN = Complaint(
    N_("The column “{column}” is not known and was not read."),
    N_("Correct the heading if it should be one of these: {columns}."),
)
COLUMN_TWICE = Complaint(
    N_("The column “{column}” stands there twice."), N_("Keep one of the two columns.")
)
MISSING_VALUE = Complaint(N_("This cell is empty but needed."), N_("Fill in the cell."))
DUPLICATE = Complaint(
    N_("“{key}” stands in row {row} already."), N_("Keep one of the two rows, or correct one.")
)
SHEET_ERROR = Complaint(
    N_("The cell shows the spreadsheet error {value}."),
    N_("Correct the formula, or write the value in its place."),
)
FORMULA_WITHOUT_RESULT = Complaint(
    N_("The cell holds a formula whose result is not stored in the file."),
    N_("Open the file in a spreadsheet and save it, or write the value in its place."),
)
NOT_A_CHOICE = Complaint(N_("“{value}” cannot be used here."), N_("Write one of these: {choices}."))
TOO_LONG = Complaint(
    N_("The text has {count} characters, but only {limit} fit."), N_("Shorten the text.")
)

NIP_AS_NUMBER = Complaint(
    N_("The NIP is stored as a number, and a spreadsheet keeps only 15 of its 18 digits."),
    N_("Format the column as text, then type or paste the NIP again."),
)
CHECK_NIP = N_("Compare the NIP with the person's official papers.")
NIP_LENGTH = Complaint(N_("“{value}” has {count} digits, but a NIP has 18."), CHECK_NIP)
NIP_DIGITS = Complaint(N_("“{value}” is not a NIP: a NIP holds nothing but digits."), CHECK_NIP)
NIP_BIRTH = Complaint(
    N_("The NIP “{value}” does not begin with a date of birth (year, month, day)."), CHECK_NIP
)
NIP_START = Complaint(
    N_("The NIP “{value}” holds no possible year of appointment in digits 9 to 12."), CHECK_NIP
)
NIP_MONTH = Complaint(
    N_("The NIP “{value}” has 00 in digits 13 and 14, which does not occur."), CHECK_NIP
)
NIP_SERIAL = Complaint(
    N_("The NIP “{value}” ends with 000, but serial numbers begin at 001."), CHECK_NIP
)
NIP_ODD_AGE = Complaint(N_("By this NIP the person was appointed at an improbable age."), CHECK_NIP)
NIP_ODD_SEX = Complaint(N_("Digit 15 of the NIP is neither 1 nor 2."), CHECK_NIP)
OWN_SUPERVISOR = Complaint(
    N_("The person stands there as their own supervisor."),
    N_("Write the supervisor's NIP, or leave the cell empty for the head of the agency."),
)
OWN_PARENT_UNIT = Complaint(
    N_("The unit stands there as its own parent."),
    N_("Write the code of the unit above, or leave the cell empty."),
)
OWN_PARENT_RESULT = Complaint(
    N_("The RHK stands there as its own parent."),
    N_("Write the leader's NIP and the number of the leader's RHK, or leave the cell empty."),
)
PARENT_RESULT = Complaint(
    N_("“{value}” does not name a leader's RHK."),
    N_("Write the leader's NIP, a slash and the number of the RHK, for example {example}."),
)
PHONE = Complaint(
    N_("“{value}” is not a telephone number."),
    N_("Write one number only, for example 0812 0000 0000."),
)
SAME_PHONE = Complaint(
    N_("The same telephone number stands in row {row} too."),
    N_("Correct the number if it belongs to one of the two only."),
)
EMAIL = Complaint(
    N_("“{value}” is not an e-mail address."), N_("Write one address, or leave the cell empty.")
)

NUMBER = Complaint(
    N_("“{value}” cannot be read as a number."),
    N_("Write digits only, for example 1.250 or 12,5; the unit has its own column."),
)
NEGATIVE = Complaint(N_("{value} is below zero."), N_("Write zero or more."))
TOO_LARGE = Complaint(
    N_("{value} is too large."), N_("Choose a larger unit, for example million rupiah.")
)
NOT_WHOLE = Complaint(
    N_("{value} is not a whole number from {least} to {most}."), N_("Write a whole number.")
)
ODD_COMMA = Complaint(
    N_("“{value}” was read as a number below one thousand, because the comma begins decimals."),
    N_("Write a point between the thousands if it should be more."),
)
ODD_PERCENT = Complaint(
    N_("The target is {value} percent; a cell shown as 100% holds the number 1."),
    N_("Write 100 without a percent format if the whole is meant."),
)
DATE = Complaint(
    N_("“{value}” is not a date that exists."), N_("Write it like 24/11/2026 or 2026-11-24.")
)
DATE_RANGE = Complaint(
    N_("The date {value} lies outside the years {least} to {most}."), N_("Correct the year.")
)
TIME = Complaint(N_("“{value}” is not a time of day."), N_("Write it like 16.00 or 07.30."))
PERIOD = Complaint(
    N_("“{value}” is neither a month nor a quarter."), N_("Write it like 2026-11 or 2026-TW4.")
)
PERIOD_YEAR = Complaint(
    N_("The period {value} does not belong to the year {year}."), N_("Correct one of the two.")
)
END_FIRST = Complaint(
    N_("The last day lies before the first."), N_("Correct one of the two dates.")
)
EMPTY_SHIFT = Complaint(
    N_("The shift ends at the minute in which it begins."), N_("Correct one of the two times.")
)
