using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>What holds for every sequence of events, whatever a peer, a user and the clock come up with.</summary>
public class MachineProperties
{
    private static readonly Arbitrary<TransactionEvent[]> Sequences = Gen.Elements(Given.Events.AsEnumerable()).ArrayOf().ToArbitrary();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Non_INVITE_clients_are_total_and_deliver_one_outcome(bool isReliable) =>
        AlwaysHolds(new NonInviteClient(isReliable, SipTimers.Default), DeliversOnce);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void INVITE_clients_are_total_and_deliver_one_outcome(bool isReliable) =>
        AlwaysHolds(new InviteClient(isReliable, SipTimers.Default), DeliversOnce);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Non_INVITE_servers_are_total_and_send_one_final_response(bool isReliable) =>
        AlwaysHolds(new NonInviteServer(isReliable, SipTimers.Default), AnswersOnce);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void INVITE_servers_are_total_and_send_one_final_response(bool isReliable) =>
        AlwaysHolds(new InviteServer(isReliable, SipTimers.Default), AnswersOnce);

    [Fact]
    public void An_event_of_no_machine_is_absorbed_by_all_of_them()
    {
        var unknown = new TransactionEvent((TransactionEventKind)99, (TimerId)99);

        Assert.Equal(0, new NonInviteClient(false, SipTimers.Default).On(unknown).Effects.Count);
        Assert.Equal(0, new InviteClient(false, SipTimers.Default).On(unknown).Effects.Count);
        Assert.Equal(0, new NonInviteServer(false, SipTimers.Default).On(unknown).Effects.Count);
        Assert.Equal(0, new InviteServer(false, SipTimers.Default).On(unknown).Effects.Count);
    }

    private static void AlwaysHolds<TMachine>(TMachine machine, Func<IReadOnlyList<TransactionEffect>, bool, bool> holds)
        where TMachine : struct, ITransactionMachine<TMachine> =>
        Prop.ForAll(Sequences, events => Run(machine, events, holds)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60));

    private static bool Run<TMachine>(TMachine machine, TransactionEvent[] events, Func<IReadOnlyList<TransactionEffect>, bool, bool> holds)
        where TMachine : struct, ITransactionMachine<TMachine>
    {
        var (effects, absorbs, abandoned) = (new List<TransactionEffect>(), true, false);
        foreach (var input in events)
        {
            var step = machine.On(input);
            absorbs &= !machine.IsTerminated || (step.Effects.Count == 0 && step.Next.Equals(machine));
            abandoned |= input.Kind == TransactionEventKind.Abandoned;
            effects.AddRange(step.Effects.ToArray());
            machine = step.Next;
        }
        return absorbs && holds(effects, machine.IsTerminated && !abandoned);
    }

    private static bool DeliversOnce(IReadOnlyList<TransactionEffect> effects, bool isOver)
    {
        var outcomes = effects.Count(effect => effect.Kind == TransactionEffectKind.Fail
            || (effect.Kind == TransactionEffectKind.Deliver && effect.Response.IsFinal));
        var last = effects.ToList().FindLastIndex(effect => effect.Kind == TransactionEffectKind.Deliver);
        var final = effects.ToList().FindIndex(effect => effect.Kind == TransactionEffectKind.Deliver && effect.Response.IsFinal);
        return (isOver ? outcomes == 1 : outcomes <= 1) && (final < 0 || last == final);
    }

    private static bool AnswersOnce(IReadOnlyList<TransactionEffect> effects, bool isOver)
    {
        var finals = effects.Where(effect => effect.Kind == TransactionEffectKind.Transmit && effect.Response.IsFinal).ToList();
        var isAccepted = finals.FirstOrDefault().Message is SipResponse { IsSuccess: true };
        var isOne = isAccepted ? finals.All(effect => effect.Response.IsSuccess) : finals.Select(effect => effect.Message).Distinct().Count() <= 1;
        var gaveUp = effects.Count(effect => effect.Kind == TransactionEffectKind.GiveUp);
        return isOne && (!isOver || finals.Count > 0 || gaveUp == 1);
    }
}
