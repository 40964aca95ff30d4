namespace Rx.Sip.Tests;

/// <summary>
/// What this run must not skip: the comma-separated words of <c>RXSIP_REQUIRE</c> (<c>interop</c>, <c>corpus</c>).
/// A test whose requirement is missing is skipped with a reason, or runs and fails when it is demanded here.
/// </summary>
internal static class Requirement
{
    public const string Interop = "interop";
    public const string Corpus = "corpus";

    public static bool IsDemanded(string requirement) =>
        (Environment.GetEnvironmentVariable("RXSIP_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Contains(requirement, StringComparer.OrdinalIgnoreCase);

    /// <summary>The reason to skip, or null when the test has to run.</summary>
    public static string? ReasonToSkip(string requirement, string? whatIsMissing) =>
        whatIsMissing is null || IsDemanded(requirement) ? null : whatIsMissing;
}
