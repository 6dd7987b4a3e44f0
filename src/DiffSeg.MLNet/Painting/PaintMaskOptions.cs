namespace DiffSeg.MLNet;

/// <summary>Settings of <c>PaintMask</c>. Checked when the estimator is made.</summary>
public sealed class PaintMaskOptions
{
    /// <summary>
    /// Share of the segment's colour in each pixel, from 0 (only the picture) to 1 (only the colour).
    /// </summary>
    public float Opacity = 0.5f;

    /// <summary>
    /// Width of the lines between segments in pixels; 0 for none, null for one per 300 pixels of the shorter side.
    /// </summary>
    public int? OutlineWidth;

    /// <summary>How the mask was fitted: with Crop it lies on the centre of the picture only.</summary>
    public ImageFit Fit = ImageFit.Pad;

    /// <summary>Height of the attention model's input, which together with the width tells what Crop cut off.</summary>
    public int ModelImageHeight = DiffSegMaskOptions.Defaults.ModelImageSize;

    /// <summary>Width of the attention model's input.</summary>
    public int ModelImageWidth = DiffSegMaskOptions.Defaults.ModelImageSize;
}
