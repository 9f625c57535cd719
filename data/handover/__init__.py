"""Hand everything over: tables that any office program opens, JSON for programs, and the files, in folders."""
