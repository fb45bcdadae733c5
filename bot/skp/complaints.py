from bot.documents.complaints import *  # shim
from bot.documents.complaints import N_, Complaint, Problem
