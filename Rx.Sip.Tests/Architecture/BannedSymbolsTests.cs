using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

/// <summary>The ban of clocks and of randomness that is not injected: listed, spelled right, an error, and not worked around.</summary>
public partial class BannedSymbolsTests
{
    private static readonly string[] TimedOperators =
        ["Timer", "Interval", "Delay", "DelaySubscription", "Throttle", "Sample", "Timeout", "Buffer", "Window", "Timestamp", "TimeInterval"];

    private static readonly HashSet<string> Banned =
        [.. File.ReadLines(Repository.Path("Rx.Sip", "BannedSymbols.txt")).Where(line => line.Length > 0).Select(line => line.Split(';')[0])];

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.Threading.Timer")]
    [InlineData("P:System.Reactive.Concurrency.Scheduler.Default")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("P:System.Random.Shared")]
    public void A_clock_or_dice_of_the_system_is_banned(string symbol) => Assert.Contains(symbol, Banned);

    [Theory]
    [InlineData(typeof(Task), nameof(Task.Delay))]
    [InlineData(typeof(Thread), nameof(Thread.Sleep))]
    public void Every_way_to_sleep_is_banned(Type type, string method) =>
        Findings.AreNone(type.GetMember(method).Select(DocumentationId.Of).Except(Banned));

    [Fact]
    public void Every_timed_operator_that_would_choose_its_own_scheduler_is_banned()
    {
        var operators = typeof(Observable).GetMethods().Where(method => TimedOperators.Contains(method.Name)).ToList();
        var withScheduler = operators.Where(TakesScheduler).Select(method => Signature(method, method.GetParameters()[..^1])).ToHashSet();

        var chooseTheirOwn = operators.Where(method => !TakesScheduler(method) && withScheduler.Contains(Signature(method, method.GetParameters()))).ToList();

        Assert.NotEmpty(chooseTheirOwn);
        Findings.AreNone(chooseTheirOwn.Select(DocumentationId.Of).Except(Banned));
    }

    [Fact]
    public void Every_banned_symbol_exists()
    {
        Assembly[] assemblies = [typeof(object).Assembly, typeof(Observable).Assembly, typeof(System.Timers.Timer).Assembly, typeof(System.Diagnostics.Stopwatch).Assembly];
        var named = Banned.Select(symbol => symbol[2..].Split('(')[0]).ToList();
        var known = assemblies
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => named.Any(name => name.StartsWith(type.FullName!, StringComparison.Ordinal)))
            .SelectMany(type => type.GetMembers().Prepend(type))
            .Select(DocumentationId.Of)
            .ToHashSet();

        Findings.AreNone(Banned.Except(known));
    }

    [Fact]
    public void A_banned_symbol_is_an_error_that_nothing_turns_off()
    {
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", File.ReadAllText(Repository.Path(".editorconfig")), StringComparison.Ordinal);
        var project = File.ReadAllText(Repository.Path("Rx.Sip", "Rx.Sip.csproj"));
        Assert.Contains("""<AdditionalFiles Include="BannedSymbols.txt" />""", project, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", project, StringComparison.Ordinal);
        Findings.AreNone(SourceFile.Of("Rx.Sip").Where(file => TurnedOff().IsMatch(file.Text)).Select(file => file.ToString()));
    }

    private static bool TakesScheduler(MethodInfo method) =>
        method.GetParameters().LastOrDefault()?.ParameterType == typeof(IScheduler);

    private static string Signature(MethodInfo method, ParameterInfo[] parameters) =>
        $"{method.Name}`{method.GetGenericArguments().Length}({string.Join(", ", parameters.Select(parameter => parameter.ParameterType))})";

    [GeneratedRegex("RS0030")]
    private static partial Regex TurnedOff();
}
