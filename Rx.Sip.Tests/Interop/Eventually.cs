using System.Runtime.CompilerServices;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>For what a real peer does in its own time: the only place where a test waits for the clock.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Looks every ten milliseconds until the condition holds; fails the test after fifteen seconds.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (DateTime.UtcNow > deadline)
                Assert.Fail($"not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
