/// A fixed palette; the stylesheet has a shade of each for light and for dark, with a contrast of 3:1 or more.
package enum CategoryColor: String, CaseIterable, Sendable {
    case green, teal, cyan, blue, indigo, violet, pink, red, orange, amber, olive, gray
}
