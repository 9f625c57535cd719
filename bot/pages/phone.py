"""The pages on a phone's home screen: what it is called and looks like there, and what it says without a network."""

import json

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from bot.pages.frame import FONTS, GREEN, STATIC, STATIC_URL, address_of_static, mark_address
from bot.pages.plain import plain_page

OFFLINE = "/khong-co-mang"
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-whole-512.png", "512x512", "maskable"),
)
# https://www.w3.org/TR/appmanifest/
MANIFEST = {
    "name": "Nhắc việc CCHC",
    "short_name": "Nhắc việc",
    "description": "Nhận tin nhắc, báo kết quả và nộp minh chứng cho Văn phòng.",
    "lang": "vi",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "background_color": "#f3f5f3",
    "theme_color": GREEN,
}


def phone_routes() -> APIRouter:
    """“/app.webmanifest”, “/sw.js” and the page that is shown while there is no network."""
    router = APIRouter()

    @router.get("/app.webmanifest")
    def manifest() -> Response:
        icons = [
            {"src": address_of_static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ]
        return JSONResponse({**MANIFEST, "icons": icons}, media_type="application/manifest+json")

    @router.get("/sw.js")
    def worker() -> Response:
        """It keeps the page without a network and what that page shows: nothing that anybody wrote."""
        fonts = [f"{STATIC_URL}/fonts/be-vietnam-pro-{font}-normal.woff2" for font in FONTS]
        kept = [OFFLINE, address_of_static("page.css"), mark_address(), *fonts]
        script = (STATIC / "sw.js").read_text("utf-8")
        return Response(
            f"const KEPT = {json.dumps(kept)};\n{script}",
            media_type="text/javascript",
            headers={"Cache-Control": "no-cache"},
        )

    @router.get(OFFLINE)
    def offline() -> Response:
        return plain_page(
            "<h1>Chưa có kết nối mạng</h1><p>Xin kiểm tra mạng rồi thử lại. Việc đã báo vẫn được giữ.</p>"
            '<p><a class="button" href="/">Thử lại</a></p>'
        )

    return router
