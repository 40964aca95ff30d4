using Xunit;

namespace Rx.Sip.Tests.Architecture;

/// <summary>What a rule found against the code: all of it, one a line, so that one run is enough to mend everything.</summary>
internal static class Findings
{
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all));
    }
}
