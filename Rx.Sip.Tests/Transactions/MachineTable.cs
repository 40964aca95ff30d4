using System.Globalization;
using System.Text.RegularExpressions;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>A machine written out: every state with every event, the pairs left out in which nothing happens.</summary>
internal static partial class MachineTable
{
    private static readonly IReadOnlyList<TransactionEvent> Events =
        [.. Given.Events.Where(input => input.Message is not SipResponse { StatusCode: 100 or 302 or 603 })];

    /// <summary>Asserts that what happens is what the table says, line by line: <c>State, event: next state, effects</c>.</summary>
    public static void Is<TMachine>(string table, params IEnumerable<TMachine> states) where TMachine : struct, ITransactionMachine<TMachine>
    {
        var actual = from machine in states
                     from input in Events
                     let line = Line(machine, input)
                     where line is not null
                     select line;
        var expected = table.Split('\n').Select(line => Spaces().Replace(line.Trim(), " ")).Where(line => line.Length > 0);
        Assert.Equal(string.Join('\n', expected), string.Join('\n', actual));
    }

    private static string? Line<TMachine>(TMachine machine, TransactionEvent input) where TMachine : struct, ITransactionMachine<TMachine>
    {
        var step = machine.On(input);
        if (step.Next.Equals(machine) && step.Effects.Count == 0)
            return null;
        return string.Join(", ", [$"{NameOf(machine)}, {NameOf(input)}: {NameOf(step.Next)}", .. step.Effects.ToArray().Select(NameOf)]);
    }

    private static string NameOf<TMachine>(TMachine machine) where TMachine : struct => machine switch
    {
        InviteClient { IsAbandoned: true } client => $"{client.State} abandoned",
        InviteClient client => client.State.ToString(),
        NonInviteClient client => client.State.ToString(),
        InviteServer server => server.State.ToString(),
        NonInviteServer server => server.State.ToString(),
        _ => throw new ArgumentException("There are four machines.", nameof(machine)),
    };

    private static string NameOf(TransactionEvent input) => input.Kind switch
    {
        TransactionEventKind.Fired => $"timer {input.Timer}",
        TransactionEventKind.Provisional or TransactionEventKind.Success or TransactionEventKind.Refusal =>
            input.Response.StatusCode.ToString(CultureInfo.InvariantCulture),
        var kind => kind.ToString(),
    };

    private static string NameOf(TransactionEffect effect) => effect.Kind switch
    {
        TransactionEffectKind.Start => FormattableString.Invariant($"start {effect.Timer} {effect.After.TotalSeconds:0.##}"),
        TransactionEffectKind.Fail => $"fail {effect.Status}",
        TransactionEffectKind.PassUp when effect.Message is SipRequest => "pass up ACK",
        _ when effect.Message is SipResponse response => $"{NameOf(effect.Kind)} {response.StatusCode}",
        var kind => NameOf(kind),
    };

    private static string NameOf(TransactionEffectKind kind) => Capital().Replace(kind.ToString(), match => " " + match.Value).Trim().ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
