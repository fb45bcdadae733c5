from bot.documents.roster_rows import *  # shim
