namespace Rx.Sip.Messages.Bodies;

/// <summary>Walks over nested parts, no deeper than it is told, so that what a peer nests can't exhaust the stack.</summary>
internal static class ContentTree
{
    public static IReadOnlyList<ContentDescription> Leaves(ContentDescription content, int depth)
    {
        var leaves = new List<ContentDescription>();
        Collect(content, depth, leaves);
        return leaves;
    }

    public static ContentDescription? Find(ContentDescription content, string contentId, int depth)
    {
        if (content.ContentId == contentId)
            return content;
        if (depth > 0)
            foreach (var part in content.Parts)
                if (Find(part, contentId, depth - 1) is { } found)
                    return found;
        return null;
    }

    public static ContentDescription? Unsupported(ContentDescription content, Func<ContentDescription, bool> understands, int depth)
    {
        if (!content.IsMultipart)
            return understands(content) ? null : content;
        if (depth == 0 || content.Parts.IsEmpty)
            return content;
        if (content.ContentType.Subtype == "alternative")
            return content.Parts.Any(part => Unsupported(part, understands, depth - 1) is null) ? null : content;
        foreach (var part in content.Parts)
            if (part.IsHandlingRequired && Unsupported(part, understands, depth - 1) is { } unsupported)
                return unsupported;
        return null;
    }

    private static void Collect(ContentDescription content, int depth, List<ContentDescription> leaves)
    {
        // A multipart of multiparts must not make of one message what its size alone would allow.
        var parts = depth > 0 && leaves.Count < BodyLimits.Default.MaxParts ? content.Parts : [];
        foreach (var part in parts)
            Collect(part, depth - 1, leaves);
        if (parts.IsEmpty)
            leaves.Add(content);
    }
}
