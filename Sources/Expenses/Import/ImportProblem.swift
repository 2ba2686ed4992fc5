/// Why a line of a file cannot be added.
package struct ImportProblem: Error, Hashable, Sendable {
    package let line: Int
    /// `date`, `amount`, `category`, `description`, or `row`.
    package let field: String
    package let message: String
    /// The text that could not be read.
    package let text: String
}
