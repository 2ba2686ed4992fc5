/// The order of day, month and year in the dates of a file.
package enum DateOrder: String, CaseIterable, Sendable {
    case yearFirst = "ymd"
    case dayFirst = "dmy"
    case monthFirst = "mdy"
}
