namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>One way to spoil octets.</summary>
/// <param name="room">The octets.</param>
/// <param name="random">Decides where and how.</param>
/// <param name="other">Another message to take from.</param>
internal delegate void Mutation(MutationRoom room, Random random, ReadOnlySpan<byte> other);
