using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>A column that a mask transformer adds.</summary>
internal enum MaskOutput
{
    Mask,
    Height,
    Width,
    SegmentCount,
    ProposalCount,
    Status,
}

/// <summary>Which columns a mask transformer adds, their names and types.</summary>
internal static class MaskOutputs
{
    public static MaskOutput[] Of(MaskSettings settings) =>
    [
        MaskOutput.Mask,
        .. settings.Columns.HasFlag(MaskColumns.Size) ? [MaskOutput.Height, MaskOutput.Width] : Array.Empty<MaskOutput>(),
        .. settings.Columns.HasFlag(MaskColumns.SegmentCount) ? [MaskOutput.SegmentCount] : Array.Empty<MaskOutput>(),
        .. settings.Columns.HasFlag(MaskColumns.ProposalCount) ? [MaskOutput.ProposalCount] : Array.Empty<MaskOutput>(),
        .. settings.TellsStatus ? [MaskOutput.Status] : Array.Empty<MaskOutput>(),
    ];

    public static IEnumerable<(string Name, DataViewType Type)> NamesAndTypes(MaskSettings settings)
        => Of(settings).Select(output => (NameOf(output, settings), TypeOf(output, settings)));

    public static string NameOf(MaskOutput output, MaskSettings settings)
        => output == MaskOutput.Mask ? settings.OutputColumn : settings.OutputColumn + output;

    public static DataViewType TypeOf(MaskOutput output, MaskSettings settings) => output switch
    {
        MaskOutput.Mask when settings.SizePerRow || settings.TellsStatus => new VectorDataViewType(NumberDataViewType.UInt16),
        MaskOutput.Mask => new VectorDataViewType(NumberDataViewType.UInt16, settings.MaskHeight, settings.MaskWidth),
        MaskOutput.Status => TextDataViewType.Instance,
        _ => NumberDataViewType.Int32,
    };
}
