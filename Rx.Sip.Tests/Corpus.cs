using Xunit;

namespace Rx.Sip.Tests;

/// <summary>
/// The collection of SIP test data (torture messages, known answers, example flows, RFC texts) in <c>shared/corpus</c>
/// beside the checkout. A checkout is complete without it: mark tests that need it <see cref="CorpusFactAttribute"/> or
/// <see cref="CorpusTheoryAttribute"/>.
/// </summary>
internal static class Corpus
{
    public static string Root { get; } = System.IO.Path.GetFullPath(Repository.Path("..", "shared", "corpus"));

    /// <summary>Why corpus tests can't run here, or null when they can.</summary>
    public static string? WhatIsMissing { get; } =
        Directory.Exists(Root) ? null : "needs the corpus: no folder ../shared/corpus beside the checkout";

    /// <summary>A file or folder of the corpus. Fails the test when it is not there.</summary>
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Root, .. parts]);
        if (!System.IO.Path.Exists(path))
            Assert.Fail(WhatIsMissing ?? $"the corpus has no {string.Join('/', parts)}");
        return path;
    }

    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));

    public static string Text(params string[] parts) => File.ReadAllText(Path(parts));
}
