namespace DiffSeg.Evaluation;

/// <summary>What of a label map's pixel tells its class.</summary>
internal enum LabelCoding
{
    /// <summary>Its value: the sample of a grey picture, the index of one with a palette.</summary>
    Values,

    /// <summary>Its colour, also that of its palette's entry.</summary>
    Colours,

    /// <summary>Its brightness scaled to 0..255, whatever the depth.</summary>
    Brightness,
}
