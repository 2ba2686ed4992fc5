/// What is wrong with a template, where it stands and what to do about it.
///
/// Thrown at start only: a template that was compiled can be rendered.
package struct TemplateError: Error, Equatable, CustomStringConvertible {
    /// The path as the library was given it, such as `Templates/expenses/index.html`.
    package let file: String
    /// From 1; 0 where the error concerns the file as a whole.
    package let line: Int
    /// From 1, counted in Unicode scalars; 0 where the error concerns the file as a whole.
    package let column: Int
    package let message: String

    package var description: String {
        line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
    }
}
