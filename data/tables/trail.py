"""Who did what, and the guards that the database itself sets before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel

from data.tables.kinds import structured

CUT = "trail_cut"
IS_A_CUT = f"action = '{CUT}'"
# what changed a duty or put off a reminder, and is kept nowhere else
IS_OF_A_DUTY = (
    "action IN ('correct_deadline', 'record_event', 'forget_event', 'demand_evidence', 'set_milestone', "
    "'drop_milestone', 'give_lead', 'snooze', 'evidence_dropped')"
)


class Trail(SQLModel, table=True):
    """Who did what, refusals too: an entry of its agency's chain (0: of no agency), which nobody changes unnoticed.

    `hash`: of the entry before and of all this one says, its `sender` and `words` by their salted `digest` alone, so that
    these can be erased and the chain stays whole. Place and hash are given at the end of the transaction that writes it.
    """

    __tablename__ = "trail"
    __table_args__ = (
        UniqueConstraint("chain", "place"),
        Index(
            "ix_trail_duty", "agency_id", sqlite_where=text(IS_OF_A_DUTY), postgresql_where=text(IS_OF_A_DUTY)
        ),
        Index("ix_trail_cut", "chain", sqlite_where=text(IS_A_CUT), postgresql_where=text(IS_A_CUT)),
    )
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    chain: int = 0
    place: int | None = None
    chat_id: int | None = None
    sender: str = ""
    action: str
    refused: bool = False
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    words: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    at: datetime
    salt: str = ""
    digest: str = ""
    hash: str = ""


# Names and words may be emptied, all of them at once, and nothing else; what lies before a cut may go.
KEPT = "entries of the trail are kept as they are"
FIXED = "id, agency_id, chain, place, chat_id, action, refused, detail, at, digest, hash"
SQLITE = (
    f"""CREATE TRIGGER IF NOT EXISTS trail_is_fixed BEFORE UPDATE OF {FIXED} ON trail WHEN OLD.hash <> ''
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS trail_is_erased_whole BEFORE UPDATE OF sender, words, salt ON trail
    WHEN OLD.hash <> '' AND (NEW.sender <> '' OR NEW.words <> '{{}}' OR NEW.salt <> '')
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS trail_stays BEFORE DELETE ON trail
    WHEN OLD.hash <> '' AND NOT EXISTS (
        SELECT 1 FROM trail AS later WHERE later.{IS_A_CUT} AND later.chain = OLD.chain
        AND json_extract(later.detail, '$.through') >= OLD.place
    ) BEGIN SELECT RAISE(ABORT, '{KEPT}'); END""",
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (
                SELECT 1 FROM trail AS later WHERE later.{IS_A_CUT} AND later.chain = OLD.chain
                AND (later.detail ->> 'through')::bigint >= OLD.place
            ) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION '{KEPT}';
    END $guard$""",
    "DROP TRIGGER IF EXISTS trail_is_fixed ON trail",
    f"""CREATE TRIGGER trail_is_fixed BEFORE UPDATE OF {FIXED} ON trail FOR EACH ROW
    WHEN (OLD.hash <> '') EXECUTE FUNCTION trail_is_kept()""",
    "DROP TRIGGER IF EXISTS trail_is_erased_whole ON trail",
    """CREATE TRIGGER trail_is_erased_whole BEFORE UPDATE OF sender, words, salt ON trail FOR EACH ROW
    WHEN (OLD.hash <> '' AND (NEW.sender <> '' OR NEW.words::text <> '{}' OR NEW.salt <> ''))
    EXECUTE FUNCTION trail_is_kept()""",
    "DROP TRIGGER IF EXISTS trail_stays ON trail",
    """CREATE TRIGGER trail_stays BEFORE DELETE ON trail FOR EACH ROW
    WHEN (OLD.hash <> '') EXECUTE FUNCTION trail_is_kept()""",
    "DROP TRIGGER IF EXISTS trail_is_not_emptied ON trail",
    "CREATE TRIGGER trail_is_not_emptied BEFORE TRUNCATE ON trail EXECUTE FUNCTION trail_is_kept()",
)


def guard_trail(connection: Connection) -> None:
    """Set the guards; harmless when they stand. A migration that makes the table anew would lose them."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))


@event.listens_for(SQLModel.metadata.tables["trail"], "after_create")
def _guard_new(_table: object, connection: Connection, **_: object) -> None:
    guard_trail(connection)
