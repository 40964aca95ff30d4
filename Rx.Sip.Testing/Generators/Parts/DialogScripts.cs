using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Dialogs: a plan by chance, the messages from the plan.</summary>
internal static class DialogScripts
{
    public static Gen<DialogScript> Any { get; } =
        from kind in Gen.Elements(Enum.GetValues<DialogKind>())
        from call in CoreValues.CallId
        from initiator in Gen.Elements("alice", "%C3%A9mile", "a")
        from answerer in Gen.Elements("bob", "b", "+15550100;phone-context=example.test")
        from first in Gen.Frequency((5, Gen.Choose(1, 100_000)), (1, Gen.Elements(1, int.MaxValue - 100)))
        from proxies in Gen.Choose(0, 3).SelectMany(count => Hosts.Any.ArrayOf(count))
        from provisional in Gen.SubListOf(100, 180, 181, 183)
        from refusal in Gen.Elements(302, 403, 404, 480, 486, 488, 503, 603)
        from inside in Gen.Choose(0, 6).SelectMany(count => Gen.Elements(true, false).ArrayOf(count))
        from method in Gen.Elements("INFO", "MESSAGE", "OPTIONS", "UPDATE", "INVITE")
        from ends in Gen.Elements(true, false)
        select DialogWriter.Write(new DialogPlan(kind, call, initiator, answerer, first)
        {
            Proxies = [.. proxies],
            Provisional = [.. provisional],
            Refusal = refusal,
            Inside = kind == DialogKind.Messages ? [true, .. inside] : [.. inside],
            MethodInside = method,
            InitiatorEnds = ends,
        });

    public static IEnumerable<DialogScript> Shrink(DialogScript script) => Simpler(script.Plan).Select(DialogWriter.Write);

    private static IEnumerable<DialogPlan> Simpler(DialogPlan plan)
    {
        var needed = plan.Kind == DialogKind.Messages ? 1 : 0;
        if (plan.Inside.Length > needed + 1)
            yield return plan with { Inside = plan.Inside[..((plan.Inside.Length + needed) / 2)] };
        for (var i = needed; i < plan.Inside.Length; i++)
            yield return plan with { Inside = plan.Inside.RemoveAt(i) };
        if (!plan.Proxies.IsEmpty)
            yield return plan with { Proxies = plan.Proxies[1..] };
        foreach (var status in plan.Provisional)
            yield return plan with { Provisional = plan.Provisional.Remove(status) };
        if (plan.FirstSequence != 1)
            yield return plan with { FirstSequence = 1 };
        if (plan.CallId != "1")
            yield return plan with { CallId = "1" };
        if (plan.Initiator != "a" || plan.Answerer != "b")
            yield return plan with { Initiator = "a", Answerer = "b" };
    }
}
