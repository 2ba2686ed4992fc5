import HTTP
import Templating

/// Every page's template, compiled against its model at start, so that a mistake in one stops the start.
struct Pages: Sendable {
    let home: Template<HomePage>
    let error: Template<ErrorPage>

    init(_ library: TemplateLibrary) throws(TemplateError) {
        home = try library.template("home")
        error = try library.template("error")
    }

    func response<Page: TemplateModel>(_ status: Status, _ template: Template<Page>, _ page: Page) -> Response
    {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 * 1024)
        template.render(page, into: &bytes)
        return .html(status, bytes)
    }
}
