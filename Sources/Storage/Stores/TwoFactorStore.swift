package import Expenses
import SQL

/// Who logs in with two factors, and which codes are used up. Recovery codes are known by a hash that the caller has made.
///
/// The secret is stored as it is, because each code is computed from it: a hash would not do. Encrypted with the key of
/// `--secret-file` it would be lost with that key, or when it is changed; and whoever reads the database can mostly read
/// the file beside it.
package struct TwoFactorStore {
    let connection: Connection

    /// Nil where the user logs in with the password alone.
    package func find(_ owner: User.ID) throws -> TwoFactor? {
        try connection.statement(
            """
            SELECT secret, since, (SELECT count(*) FROM recovery_codes WHERE recovery_codes.owner = two_factors.owner)
            FROM two_factors WHERE owner = ?
            """, [.id(owner)]
        ).first {
            try TwoFactor(
                secret: $0.blob(0), since: $0.integer(1),
                recoveryCodes: Int($0.integer(2)))
        }
    }

    /// Switches it on; `usedStep` is that of the code which has shown that the app is set up. Returns false, and changes
    /// nothing, where it is on already.
    package func insert(
        secret: [UInt8], usedStep: Int64, recoveryHashes: [[UInt8]], owner: User.ID, at now: Int64
    ) throws -> Bool {
        try connection.run(
            """
            INSERT INTO two_factors (owner, secret, used_step, since) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner) DO NOTHING
            """, .id(owner), .blob(secret), .integer(usedStep), .integer(now))
        guard connection.changes == 1 else { return false }
        try replaceRecoveryCodes(by: recoveryHashes, of: owner)
        return true
    }

    /// Uses up the code of a step, and those before it. Returns false where it was used before: of any number of log-ins
    /// with the same code, in any copy of the program, one gets true.
    package func use(step: Int64, of secret: [UInt8], owner: User.ID) throws -> Bool {
        try connection.run(
            "UPDATE two_factors SET used_step = ?1 WHERE owner = ?2 AND secret = ?3 AND used_step < ?1",
            .integer(step), .id(owner), .blob(secret))
        return connection.changes == 1
    }

    /// Uses up a recovery code. Returns false where there is none with this hash, or no longer.
    package func useRecoveryCode(hash: [UInt8], owner: User.ID) throws -> Bool {
        try connection.run(
            "DELETE FROM recovery_codes WHERE owner = ? AND hash = ?", .id(owner), .blob(hash))
        return connection.changes == 1
    }

    package func hasRecoveryCode(hash: [UInt8], owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM recovery_codes WHERE owner = ? AND hash = ?", .id(owner), .blob(hash)) != nil
    }

    /// Former ones are no longer good.
    package func replaceRecoveryCodes(by hashes: [[UInt8]], of owner: User.ID) throws {
        try connection.run("DELETE FROM recovery_codes WHERE owner = ?", .id(owner))
        for hash in hashes {
            try connection.run(
                "INSERT INTO recovery_codes (owner, hash) VALUES (?, ?)", .id(owner), .blob(hash))
        }
    }

    /// Log-ins with the right password and wrong codes, which their user has not been told of or has not dismissed.
    package func wrongCodes(of owner: User.ID) throws -> WrongCodes {
        let statement = try connection.statement(
            "SELECT wrong_codes, wrong_code_at FROM two_factors WHERE owner = ?", [.id(owner)])
        guard try statement.step() else { return WrongCodes() }
        return WrongCodes(count: Int(try statement.integer(0)), last: try statement.integer(1))
    }

    /// Counts a wrong code. Returns when the last one before it was typed, 0 where there is none.
    package func noteWrongCode(of owner: User.ID, at now: Int64) throws -> Int64 {
        let former = try wrongCodes(of: owner)
        try connection.run(
            "UPDATE two_factors SET wrong_codes = wrong_codes + 1, wrong_code_at = ? WHERE owner = ?",
            .integer(now), .id(owner))
        return former.count > 0 ? former.last : 0
    }

    /// Takes back what `noteWrongCode` has counted: `own` turn out to be the user's own slips. `former` was the last one
    /// before them.
    package func forgive(_ own: WrongCodes, before former: Int64, owner: User.ID) throws {
        try connection.run(
            """
            UPDATE two_factors SET wrong_codes = wrong_codes - ?1,
                wrong_code_at = CASE WHEN wrong_code_at = ?2 THEN ?3 ELSE wrong_code_at END
            WHERE owner = ?4 AND wrong_codes >= ?1
            """, .integer(own.count), .integer(own.last), .integer(former), .id(owner))
    }

    /// The user has been told, or has another password now.
    package func forgetWrongCodes(of owner: User.ID) throws {
        try connection.run(
            "UPDATE two_factors SET wrong_codes = 0 WHERE owner = ? AND wrong_codes > 0", .id(owner))
    }

    /// Returns false where the user logs in with the password alone already.
    package func remove(_ owner: User.ID) throws -> Bool {
        try connection.run("DELETE FROM recovery_codes WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM two_factors WHERE owner = ?", .id(owner))
        return connection.changes == 1
    }
}
