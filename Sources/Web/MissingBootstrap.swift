/// Debian's package with Bootstrap is not installed.
package struct MissingBootstrap: Error, CustomStringConvertible {
    let folder: String

    package var description: String {
        "Bootstrap is not in \(folder); install it with: apt-get install -y libjs-bootstrap5"
    }
}
