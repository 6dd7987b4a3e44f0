namespace DiffSeg.MLNet;

/// <summary>How a picture that is not as wide and high as the model's input is fitted to it.</summary>
public enum ImageFit
{
    /// <summary>
    /// The whole picture, scaled until it fits, with black bars beside it (ML.NET's IsoPad). The bars' tokens are left
    /// out of the attention before the merging, so that they are no segment. The mask covers the whole picture.
    /// </summary>
    Pad,

    /// <summary>
    /// The centre of the picture, as the published code has it (ML.NET's IsoCrop): what is beyond the model's aspect
    /// ratio is cut off. The mask covers that centre only.
    /// </summary>
    Crop,
}
