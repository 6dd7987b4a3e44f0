using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Masks;

/// <summary>What the saved form of a mask transformer computes from; one object serves all rows of a cursor.</summary>
internal class SavedMaskInput
{
    public const string PathColumn = SavedForm.Prefix + "Path";
    public const string ImageColumn = SavedForm.Prefix + "Image";

    [ColumnName(SavedForm.Settings)]
    public string Settings { get; set; } = "";

    [ColumnName(PathColumn)]
    public string Path { get; set; } = "";

    [ColumnName(AttentionSlots.Name + "00")]
    public VBuffer<float> Attention00 { get; set; }

    [ColumnName(AttentionSlots.Name + "01")]
    public VBuffer<float> Attention01 { get; set; }

    [ColumnName(AttentionSlots.Name + "02")]
    public VBuffer<float> Attention02 { get; set; }

    [ColumnName(AttentionSlots.Name + "03")]
    public VBuffer<float> Attention03 { get; set; }

    [ColumnName(AttentionSlots.Name + "04")]
    public VBuffer<float> Attention04 { get; set; }

    [ColumnName(AttentionSlots.Name + "05")]
    public VBuffer<float> Attention05 { get; set; }

    [ColumnName(AttentionSlots.Name + "06")]
    public VBuffer<float> Attention06 { get; set; }

    [ColumnName(AttentionSlots.Name + "07")]
    public VBuffer<float> Attention07 { get; set; }

    [ColumnName(AttentionSlots.Name + "08")]
    public VBuffer<float> Attention08 { get; set; }

    [ColumnName(AttentionSlots.Name + "09")]
    public VBuffer<float> Attention09 { get; set; }

    [ColumnName(AttentionSlots.Name + "10")]
    public VBuffer<float> Attention10 { get; set; }

    [ColumnName(AttentionSlots.Name + "11")]
    public VBuffer<float> Attention11 { get; set; }

    [ColumnName(AttentionSlots.Name + "12")]
    public VBuffer<float> Attention12 { get; set; }

    [ColumnName(AttentionSlots.Name + "13")]
    public VBuffer<float> Attention13 { get; set; }

    [ColumnName(AttentionSlots.Name + "14")]
    public VBuffer<float> Attention14 { get; set; }

    [ColumnName(AttentionSlots.Name + "15")]
    public VBuffer<float> Attention15 { get; set; }

    /// <summary>What keeps the buffers from row to row; not a column.</summary>
    internal SavedMaskRow? Row { get; set; }

    /// <summary>The attention of a slot.</summary>
    public VBuffer<float> Slot(int slot) => slot switch
    {
        0 => Attention00,
        1 => Attention01,
        2 => Attention02,
        3 => Attention03,
        4 => Attention04,
        5 => Attention05,
        6 => Attention06,
        7 => Attention07,
        8 => Attention08,
        9 => Attention09,
        10 => Attention10,
        11 => Attention11,
        12 => Attention12,
        13 => Attention13,
        14 => Attention14,
        _ => Attention15,
    };
}

/// <summary>The same with the original picture.</summary>
internal class SavedPictureMaskInput : SavedMaskInput
{
    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }
}

/// <summary>The same with what the step that loaded the picture says of it.</summary>
internal sealed class SavedPictureStatusMaskInput : SavedPictureMaskInput
{
    public const string PictureStatusColumn = SavedForm.Prefix + "PictureStatus";

    [ColumnName(PictureStatusColumn)]
    public string PictureStatus { get; set; } = "";
}
