using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>What the saved form of a mask transformer gives; the columns asked for are copied from these.</summary>
internal class SavedMaskOutput
{
    protected const string Prefix = SavedForm.Prefix + "Output";

    [ColumnName(Prefix + nameof(MaskOutput.Mask))]
    public VBuffer<ushort> Mask { get; set; }

    [ColumnName(Prefix + nameof(MaskOutput.Height))]
    public int Height { get; set; }

    [ColumnName(Prefix + nameof(MaskOutput.Width))]
    public int Width { get; set; }

    [ColumnName(Prefix + nameof(MaskOutput.SegmentCount))]
    public int SegmentCount { get; set; }

    [ColumnName(Prefix + nameof(MaskOutput.ProposalCount))]
    public int ProposalCount { get; set; }

    public static string NameOf(MaskOutput output) => Prefix + output;

    public void Take(Segmentation result)
    {
        Mask = new VBuffer<ushort>(result.Labels.Length, result.Labels.ToArray());
        Height = result.Height;
        Width = result.Width;
        SegmentCount = result.SegmentCount;
        ProposalCount = result.Proposals.Count;
    }
}

/// <summary>The same with a status: a row that fails has nothing but that.</summary>
internal sealed class SavedStatusMaskOutput : SavedMaskOutput
{
    [ColumnName(Prefix + nameof(MaskOutput.Status))]
    public string Status { get; set; } = "";

    public void Take(Segmentation? result, string status)
    {
        Status = status;
        if (result is not null)
        {
            Take(result);
            return;
        }

        Mask = new VBuffer<ushort>(0, []);
        (Height, Width, SegmentCount, ProposalCount) = (0, 0, 0, 0);
    }
}
