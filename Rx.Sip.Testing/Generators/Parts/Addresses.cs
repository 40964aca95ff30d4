using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Addresses as text (RFC 3261 §20.10): with and without display name, brackets and parameters.</summary>
internal static class Addresses
{
    private static readonly Gen<string> DisplayName = Gen.Frequency(
        (4, Gen.Constant("")),
        (3, Words.Quoted.Select(name => name + " ")),
        (1, Words.Quoted),
        (2, Gen.Elements("Bob ", "Alice B Carol ", "J-P.D ", "Bob")),
        (1, Words.Token.Select(name => name + " ")));

    /// <summary>Parameters of a header; the names all differ and none means anything to SIP.</summary>
    public static Gen<string> Parameters { get; } = Gen.Frequency(
        (6, Gen.Constant("")),
        (2, from name in Words.Chars(Words.Letters, 1, 8) select $";x-{name}"),
        (2, from name in Words.Chars(Words.Letters, 1, 8)
            from value in Gen.OneOf(Words.Token, Words.Quoted, Hosts.Any)
            from space in Gen.Elements("", "", "", " ")
            select $"{space};{space}x-{name}{space}={space}{value}"));

    /// <summary>The address in brackets.</summary>
    public static Gen<string> Bracketed { get; } = In(Uris.Any);

    /// <summary>A SIP or SIPS address in brackets.</summary>
    public static Gen<string> Sip { get; } = In(Uris.Sip);

    /// <summary>With or without brackets.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency((5, Bracketed), (1, Uris.Bare));

    private static Gen<string> In(Gen<string> uri) =>
        from name in DisplayName
        from address in uri
        select $"{name}<{address}>";
}
