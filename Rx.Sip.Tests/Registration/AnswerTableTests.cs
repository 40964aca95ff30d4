using System.Reactive.Linq;
using System.Text.RegularExpressions;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>Every row of the document's table of answers, for a first attempt and for a refresh.</summary>
public partial class AnswerTableTests
{
    private const string Other = "<sip:alice@198.51.100.7>;expires=60";

    private static readonly RegistrationFailure NeverAsked = new(RegistrationFailureKind.Credentials, "never asked", null, null);

    private static readonly IReadOnlyList<string[]> Rows =
        MarkdownTable.Read(Repository.Path("Rx.Sip", "Registration", "README.md"), "answer");

    private static readonly HashSet<int> Named = [.. Rows.SelectMany(row => Code().Matches(row[0])).Select(code => int.Parse(code.Groups[1].Value))];

    public static TheoryData<string, string, string, bool> All()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (var row in Rows)
            foreach (var isRefresh in (bool[])[false, true])
                data.Add(row[0], row[1], row[2], isRefresh);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_answer_leads_to_what_the_document_says(string answer, string kind, string follows, bool isRefresh)
    {
        var (statuses, condition) = Parse(answer);
        foreach (var status in statuses)
        {
            RegistrationFailure? refusal = null;
            using var rig = new RegistrationRig();
            rig.Access.Refusal = _ => refusal;
            if (isRefresh)
                Refreshing(rig);
            else if (condition == "that lists others and no longer us")
                continue; // Who was never listed can't be displaced.
            var before = rig.Registers.Count;
            Prepare(rig, status, condition);
            refusal = condition == "without a challenge, though there are credentials" ? NeverAsked : null;
            if (isRefresh)
                rig.Time.AdvanceTo(TimeSpan.FromMinutes(40));
            else
                rig.Start();
            Assert.True(Follows(follows, rig, before, kind, isRefresh), $"{status} {condition}: {rig.State} behind {rig.Registers.Count - before} requests");
        }
    }

    [Fact]
    public void The_table_speaks_of_every_class_of_answers() =>
        Assert.All((string[])["`200`", "`301`", "`401`", "`407`", "`403`", "`423`", "`4xx`", "`5xx`", "`6xx`"], code => Assert.Contains(Rows, row => row[0].Contains(code, StringComparison.Ordinal)));

    // The refresh comes at one instant: when half an hour of the hour is over.
    private static void Refreshing(RegistrationRig rig)
    {
        rig.Settings = rig.Settings with { Refresh = new RefreshWindow(0.5, 0.5), Recovery = new RecoveryPolicy.Backoff(TimeSpan.FromHours(1), TimeSpan.FromHours(1)) };
        rig.Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(29));
    }

    private static void Prepare(RegistrationRig rig, int status, string condition)
    {
        rig.Access.IsAccepted = _ => condition != "to nowhere";
        rig.Access.Alternatives = condition.EndsWith("while there is another address", StringComparison.Ordinal) ? 1 : 0;
        var sent = 0;
        rig.Answer = request => sent++ > 0 && Repeats(condition) ? RegistrationRig.Ok(request) : Answer(request, status, condition);
        if (condition == "to one of several flows")
            rig.Contact = InstanceId.Mark(rig.Contact!, Guid.Empty, 1);
        if (condition.StartsWith("none:", StringComparison.Ordinal))
            rig.Contact = null;
        if (condition.Contains("certificate", StringComparison.Ordinal))
            rig.Access.Contact = _ => Observable.Throw<NameAddress?>(new TlsFailureException(TlsFailureReason.CertificateExpired, "No TLS connection.", null));
    }

    private static bool Repeats(string condition) => condition is "to where we may go" or "to one of several flows" or "with a longer Min-Expires" || condition.EndsWith("another address", StringComparison.Ordinal);

    private static SipResponse Answer(SipRequest request, int status, string condition) => condition switch
    {
        "" when status < 300 => RegistrationRig.Ok(request),
        "" or "that can't be answered" or "to one of several flows" or "without one" or "while there is another address" => request.Answer(status),
        "that grants no time" => RegistrationRig.Grant(request, TimeSpan.Zero),
        "without a challenge, though there are credentials" => RegistrationRig.Ok(request),
        "that lists others and no longer us" => request.Answer(status).WithHeader("Contact", Other),
        "to where we may go" or "to nowhere" => request.Answer(status).WithHeader("Contact", "<sip:elsewhere.test>"),
        "with a longer Min-Expires" => request.Answer(status).WithHeader("Min-Expires", "7200"),
        "with Retry-After" => request.Answer(status).WithHeader("Retry-After", "10"),
        "of our own: no answer, no connection" or "of our own, while there is another address" => SipResponse.Local(request, status, null),
        _ => throw new InvalidDataException($"The table speaks of '{condition}', which nobody tests."),
    };

    private static bool Follows(string follows, RegistrationRig rig, int before, string kind, bool isRefresh) => (follows, rig.State) switch
    {
        ("registered", RegistrationState.Registered) => kind.Length == 0 && rig.Registers.Count == before + 1,
        ("at once", RegistrationState.Registered) => kind.Length == 0 && rig.Registers.Count == before + 2 && rig.Instants[^1] == rig.Instants[^2],
        ("retry", RegistrationState.WaitingForRetry waiting) => waiting.Cause.Kind.ToString() == kind && (waiting.Until is not null) == isRefresh,
        ("end", RegistrationState.Unregistered over) => over.Cause?.Kind.ToString() == kind && rig.IsCompleted && rig.Registers.Count <= before + 2,
        _ => false,
    };

    private static (IEnumerable<int> Statuses, string Condition) Parse(string answer)
    {
        var codes = AnyCode().Matches(answer).Select(match => match.Groups[1].Value).ToList();
        var condition = answer[(answer.LastIndexOf('`') + 1)..].Trim();
        return (codes.Count == 0 ? [0] : codes.SelectMany(Statuses), condition);
    }

    private static IEnumerable<int> Statuses(string code) =>
        code.EndsWith("xx", StringComparison.Ordinal)
            ? Enumerable.Range((code[0] - '0') * 100, 100).Where(status => code[0] != '4' || !Named.Contains(status))
            : [int.Parse(code)];

    [GeneratedRegex("`([0-9]{3})`")]
    private static partial Regex Code();

    [GeneratedRegex("`([0-9x]{3})`")]
    private static partial Regex AnyCode();
}
