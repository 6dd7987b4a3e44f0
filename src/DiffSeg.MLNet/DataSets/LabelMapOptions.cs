namespace DiffSeg.MLNet;

/// <summary>Settings of <c>LoadLabelMaps</c>. Checked when the estimator is made.</summary>
/// <remarks>
/// With the fit, the size and the model's input size of the mask (<see cref="DiffSegMaskOptions"/>), a label map covers the
/// same part of the picture as the mask, pixel by pixel. The defaults of both agree.
/// </remarks>
public sealed class LabelMapOptions
{
    /// <summary>
    /// What of the label map is taken: with Pad all of it, with Crop the centre of the model's aspect ratio, as the
    /// published protocol has it.
    /// </summary>
    public ImageFit Fit = ImageFit.Pad;

    /// <summary>
    /// Size of the label map. Labels are resized by the nearest neighbour.
    /// </summary>
    public MaskSize Size = MaskSize.Model;

    /// <summary>Height of the attention model's input in pixels.</summary>
    public int ModelImageHeight = DiffSegMaskOptions.Defaults.ModelImageSize;

    /// <summary>Width of the attention model's input in pixels.</summary>
    public int ModelImageWidth = DiffSegMaskOptions.Defaults.ModelImageSize;

    /// <summary>
    /// Which annotator's label map is loaded, from 0. Null (the default) takes the only one, and fails on a file with several.
    /// </summary>
    public int? Annotator;

    /// <summary>
    /// Load the label maps of all annotators, one after the other: the column is then of variable size, annotators x height x
    /// width, and <c>LabelAnnotatorCount</c> says how many there are. Not together with <see cref="Annotator"/>.
    /// </summary>
    public bool AllAnnotators;
}
