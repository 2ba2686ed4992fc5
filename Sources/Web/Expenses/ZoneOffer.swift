import Expenses
import HTTP
import Templating

/// The browser's time zone, offered once to a user who has chosen none: a script tells it in a cookie.
struct ZoneOffer {
    private static let cookie = "zone"
    /// In the cookie, once the offer has been made.
    private static let made = "offered"
    /// In seconds: a year.
    private static let lifetime: Int64 = 31_536_000

    private let zone: String

    /// Nil where there is nothing to offer.
    init?(_ visit: UserVisit) {
        guard visit.preferences.zone.isEmpty, let value = visit.request.cookie(ZoneOffer.cookie),
            value != ZoneOffer.made, value.utf8.count <= 100
        else { return nil }
        guard let name = PercentEncoding.decode(value), let zone = Zone(identifier: name),
            ZoneOffer.differs(zone, from: .system, at: visit.now)
        else { return nil }
        self.zone = name
    }

    /// Whether clocks differ now or in half a year, when summer time has begun or ended: one zone has several names.
    private static func differs(_ zone: Zone, from other: Zone, at now: Int64) -> Bool {
        [now, now + lifetime / 2].contains { zone.offset(at: $0) != other.offset(at: $0) }
    }

    func notice(form: String) -> Notice {
        let address = "/account/zone?zone=\(PercentEncoding.encodeQueryComponent(zone))"
        return Notice(
            text: Message(
                "Which day it is here follows the server’s time zone, {zone}.",
                ["zone": Zone.system.identifier]),
            kind: .info,
            undo: ButtonForm(action: address, form: form, label: Message("Use {zone}", ["zone": zone])),
            links: [Link(label: Message("All time zones"), address: "/account/settings#zone")])
    }

    /// Has the browser keep that it has been made.
    func keep(on response: inout Response, _ visit: UserVisit) {
        response.setCookie(
            Cookie(
                name: ZoneOffer.cookie, value: ZoneOffer.made, maxAge: Int(ZoneOffer.lifetime),
                httpOnly: false,
                secure: visit.visit.isSecure))
    }
}
