"""The plans' pages: every plan of the agency; one plan, checked, corrected, put in force and followed."""
