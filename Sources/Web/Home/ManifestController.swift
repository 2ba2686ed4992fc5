import HTTP
import JSON
import Templating

/// What a phone installs the app by (W3C Web Application Manifest).
struct ManifestController: Sendable {
    let services: Services

    /// GET /manifest.webmanifest: in the visitor's language, and with the base path, for its addresses are not a template's.
    func show(_ visit: Visit) -> Response {
        let base = services.configuration.basePath.text
        func icon(_ name: String, _ size: Int, isMaskable: Bool = false) -> JSONValue {
            [
                "src": .string("\(base)/static/\(name).png"), "sizes": .string("\(size)x\(size)"),
                "type": "image/png", "purpose": isMaskable ? "maskable" : "any",
            ]
        }
        let manifest: JSONValue = [
            "name": "Expense Tracker", "short_name": "Expenses",
            "id": .string("\(base)/"), "start_url": .string("\(base)/expenses"), "scope": .string("\(base)/"),
            "display": "standalone", "background_color": "#f5f6f4", "theme_color": "#1c6b58",
            "icons": [
                icon("icon-192", 192), icon("icon-512", 512), icon("icon-maskable", 512, isMaskable: true),
            ],
            "shortcuts": [
                [
                    "name": .string(Message("Add an expense").text(in: visit.translation)),
                    "url": .string("\(base)/expenses/new"), "icons": [icon("icon-192", 192)],
                ]
            ],
            "share_target": [
                "action": .string("\(base)/expenses/new"), "method": "GET",
                "enctype": "application/x-www-form-urlencoded",
                "params": ["text": "description"],
            ],
        ]
        return Response(
            .ok, headers: ["Content-Type": "application/manifest+json", "Cache-Control": "no-cache"],
            body: .bytes(manifest.bytes))
    }
}
