"""A person is forgotten, in words: what goes, what stays, and whom to ask."""

from collections.abc import Iterable, Sequence

from duties.wording.numbers import whole

LAST_OFFICE = (
    "Đây là kênh cuối cùng của Văn phòng nên chưa xóa được; xin mời kênh khác trước: nhacviec invite --office"
)
KEPT = "Giữ lại: trạng thái, thời hạn, số liệu, lý do xin lùi hạn, vướng mắc và tệp minh chứng, là hồ sơ của đơn vị."
BACKUPS = "Bản sao lưu, bản xuất làm trước đó vẫn còn dữ liệu này cho đến khi được thay."


def forgotten(
    names: Sequence[str],
    channel: str,
    counts: Iterable[tuple[int, str]],
    muted: Sequence[str],
    *,
    confirmed: bool,
) -> str:
    """What goes or went, what stays, and what follows."""
    counted = "; ".join(f"{whole(count)} {what}" for count, what in counts if count) or "không có gì"
    lines = [
        f"{', '.join(names) or 'Người không tên'} ({channel}): {'đã xóa' if confirmed else 'sẽ xóa'} tên, địa chỉ và lời ở {counted}.",
        KEPT,
    ]
    if muted:
        after = "không còn kênh nhận tin" if confirmed else "sẽ không còn kênh nhận tin"
        lines.append(f"{'; '.join(muted)} {after}; mời lại: nhacviec invite “{muted[0]}”")
    lines.append(BACKUPS if confirmed else "Chưa xóa gì. Muốn xóa: thêm --confirm")
    return "\n".join(lines)


def nobody(who: str) -> str:
    return f"Không có ai tên hoặc mã “{who}”. Tên người đã trả lời xem ở /donvi kèm tên đơn vị."


def which(found: Iterable[tuple[str, str, Sequence[str], int]]) -> str:
    """Several are called so: by their numbers they are told apart."""
    known = "; ".join(
        f"nhacviec forget {key} --channel {channel} ({', '.join(names) or 'không tên'}, {whole(messages)} tin)"
        for channel, key, names, messages in found
    )
    return f"Có nhiều người trùng, xin chọn theo mã: {known}"
