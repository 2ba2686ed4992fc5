package import Expenses

/// The user has a category of this name already.
package struct CategoryNameTaken: Error, Hashable {
    package let id: Category.ID

    package init(_ id: Category.ID) { self.id = id }
}
