"""What `nhacviec doctor` looks at: each file one part of an installation, each finding one line and what to do."""
