/// The order of day, month and year in the dates of a file.
package enum DateOrder: String, CaseIterable, Sendable {
    case yearFirst = "ymd"
    case dayFirst = "dmy"
    case monthFirst = "mdy"

    package var name: String {
        switch self {
        case .yearFirst: "year, month, day"
        case .dayFirst: "day, month, year"
        case .monthFirst: "month, day, year"
        }
    }
}
