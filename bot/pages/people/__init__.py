"""The units: who they are, in which chats they are told, how they are invited and how they change."""
