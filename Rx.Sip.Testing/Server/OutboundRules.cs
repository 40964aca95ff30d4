using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Testing.Server;

/// <summary>What a registrar makes of a wish for RFC 5626 (§6).</summary>
internal static class OutboundRules
{
    public static OutboundWish WishOf(SipRequest register)
    {
        if (!register.Supported.Contains("outbound", StringComparer.OrdinalIgnoreCase) || !register.Contacts.Any(IsOfFlow))
            return OutboundWish.None;
        var keepsFlow = register.GetAll(HeaderFields.Path) is [.., var first] ? first.Uri.Parameters.Contains("ob") : register.Vias.Count == 1;
        return keepsFlow ? OutboundWish.Possible : OutboundWish.Impossible;
    }

    private static bool IsOfFlow(NameAddress contact) => contact.Parameters.Contains("reg-id") && contact.Parameters.Contains("+sip.instance");
}
