namespace Rx.Sip.Messages;

/// <summary>Where one header field stands in the octets of its message. Offsets count from the start of the message.</summary>
/// <param name="Id">Which header it is, if the library knows it.</param>
/// <param name="Folded">The value goes on over several lines and is unfolded when asked for.</param>
/// <param name="NameLength">Octets of the name.</param>
/// <param name="Start">Where the name, and thereby the line, begins.</param>
/// <param name="ValueStart">Where the value begins, white space left out.</param>
/// <param name="ValueLength">Octets of the value, white space left out.</param>
internal readonly record struct HeaderSlot(HeaderId Id, bool Folded, ushort NameLength, int Start, int ValueStart, int ValueLength);
