import Expenses
import Templating

/// The account: whose it is, where it is logged in, and the ways to change it.
struct AccountPage: FramedPage {
    var frame: Frame
    var username: String
    var email: String
    var form: String
    var sessions: [SessionRow]

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "username": .field { $0.username },
        "email": .field { $0.email },
        "form": .field { $0.form },
        "sessions": .field { $0.sessions },
        "hasOthers": .field { $0.sessions.count > 1 },
    ]
}

/// One device that is logged in.
struct SessionRow: TemplateModel {
    /// Names it in the address that its button posts to.
    var id: String
    var device: Message
    var address: String
    /// The first day, and the time of day: "14:05".
    var since: ShownDate
    var sinceTime: String
    /// "2 hours ago"
    var lastUsed: Message
    var isThis: Bool
    var usedTwoFactor: Bool

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.id },
        "device": .field { $0.device },
        "address": .field { $0.address },
        "since": .field { $0.since },
        "sinceTime": .field { $0.sinceTime },
        "lastUsed": .field { $0.lastUsed },
        "isThis": .field { $0.isThis },
        "usedTwoFactor": .field { $0.usedTwoFactor },
    ]

    init(_ session: Session, of visit: UserVisit) {
        id = session.id
        device = DeviceName.describe(session.userAgent)
        address = session.address
        isThis = session.id == visit.session.id
        usedTwoFactor = session.usedTwoFactor
        let zone = visit.zone
        let time = zone.time(at: session.createdAt)
        since = ShownDate(day: time.day)
        sinceTime = time.clock
        lastUsed = Self.words(secondsAgo: visit.now - session.lastUsedAt)
    }

    /// Rounded down; what a session is used for is noted when its tokens are renewed.
    private static func words(secondsAgo seconds: Int64) -> Message {
        switch seconds {
        case ..<120: return Message("just now")
        case ..<7200:
            let count = Int(seconds / 60)
            return Message(
                "{count} minute ago", plural: "{count} minutes ago", count: count, ["count": count])
        case ..<172_800:
            let count = Int(seconds / 3600)
            return Message("{count} hour ago", plural: "{count} hours ago", count: count, ["count": count])
        default:
            let count = Int(seconds / 86_400)
            return Message("{count} day ago", plural: "{count} days ago", count: count, ["count": count])
        }
    }
}
