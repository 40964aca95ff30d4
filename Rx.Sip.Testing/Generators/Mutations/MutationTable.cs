namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>All ways to spoil octets; those that find most stand in it more than once.</summary>
internal static class MutationTable
{
    public static Mutation[] All { get; } =
    [
        OctetMutations.FlipBits, OctetMutations.SetOctet, OctetMutations.SetOctet, OctetMutations.Insert, OctetMutations.Insert,
        OctetMutations.Cut, OctetMutations.Truncate, OctetMutations.Splice, OctetMutations.Take, OctetMutations.Repeat,
        TextMutations.ChangeNumber, TextMutations.ChangeNumber, TextMutations.SwapToken, TextMutations.SwapToken, TextMutations.SwapTokens,
        TextMutations.ChangeLineEnds, TextMutations.Fold, TextMutations.GrowList, TextMutations.Nest,
        LineMutations.Drop, LineMutations.Repeat, LineMutations.Swap, LineMutations.Take, LineMutations.Take,
    ];
}
