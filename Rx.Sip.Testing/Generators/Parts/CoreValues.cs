using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Values of the headers every message has, and of those that carry addresses (RFC 3261 §20).</summary>
internal static class CoreValues
{
    private static readonly Gen<string> ViaParameter = Gen.OneOf(
        Gen.Elements(";rport", ";ttl=16", ";maddr=239.255.255.1", ";comp=sigcomp", ";alias"),
        Hosts.IPv4.Select(address => $";received={address}"),
        Hosts.IPv6.Select(address => $";received={address}"),
        Words.Token.Select(token => $";x-{token}"),
        Words.Quoted.Select(text => $";x-ext={text}"));

    public static Gen<string> Via { get; } =
        from protocol in Gen.Frequency((8, Gen.Constant("SIP/2.0/")), (1, Gen.Constant("SIP / 2.0 / ")), (1, Gen.Constant("sip/2.0/")))
        from transport in Gen.Frequency((6, Gen.Elements("UDP", "TCP", "TLS", "WS", "WSS", "SCTP", "TLS-SCTP", "udp")), (1, Words.Token))
        from host in Hosts.WithPort
        from branch in Words.Token
        from parameters in Words.Join("", ViaParameter, 0, 2)
        select $"{protocol}{transport} {host};branch=z9hG4bK{branch}{parameters}";

    public static Gen<string> From { get; } =
        from address in Addresses.Any
        from tag in Words.Token
        from parameters in Addresses.Parameters
        from tagFirst in Gen.Elements(true, false)
        select tagFirst ? $"{address};tag={tag}{parameters}" : $"{address}{parameters};tag={tag}";

    public static Gen<string> To { get; } =
        from address in Addresses.Any
        from tag in Words.Maybe(50, Words.Token.Select(token => $";tag={token}"))
        from parameters in Addresses.Parameters
        select address + parameters + tag;

    // word: the widest character class of the grammar.
    public static Gen<string> CallId { get; } = Gen.Frequency(
        (4, from word in Words.Token from host in Words.Maybe(60, Hosts.IPv4) select host.Length == 0 ? word : $"{word}@{host}"),
        (1, Words.Chars(Words.Letters + Words.Digits + "-.!%*_+`'~()<>:\\\"/[]?{}", 1, 20)));

    public static Gen<string> Sequence { get; } = Gen.Frequency(
        (6, Gen.Choose(1, 100_000).Select(Words.Plain)),
        (1, Gen.Elements("0", "2147483647", "0009", "1")));

    public static Gen<string> MaxForwards { get; } = Gen.Frequency((5, Gen.Constant("70")), (1, Gen.Choose(0, 255).Select(Words.Plain)));

    public static Gen<string> Contact { get; } =
        from address in Addresses.Any
        from parameters in Gen.Frequency(
            (4, Gen.Constant("")),
            (3, Gen.Elements(";expires=3600", ";q=0.7", ";q=1.0;expires=0", ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1", ";audio;methods=\"INVITE,BYE\"")),
            (1, Addresses.Parameters))
        select address + parameters;

    public static Gen<string> Route { get; } =
        from host in Hosts.WithPort
        from router in Gen.Frequency((6, Gen.Constant(";lr")), (1, Gen.Elements(";lr=on", ";lr;transport=tcp")))
        from parameters in Addresses.Parameters
        select $"<sip:{host}{router}>{parameters}";

    public static SipMethod[] KnownMethods { get; } =
    [
        SipMethod.Message, SipMethod.Register, SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Subscribe,
        SipMethod.Notify, SipMethod.Publish, SipMethod.Refer, SipMethod.Info, SipMethod.Update, SipMethod.Prack, SipMethod.Service,
    ];

    /// <summary>Methods, some of them unknown: any token is one, and letters count with their case.</summary>
    public static Gen<string> Method { get; } = Gen.Frequency(
        (8, Gen.Elements(KnownMethods.Select(method => method.Name).ToArray())),
        (1, Words.Token.Select(token => "X" + token)),
        (1, Gen.Elements("invite", "FETCH", "!interesting-Method0123456789_*+`.%indeed'~")));
}
