using Microsoft.ML.Transforms;

namespace DiffSeg.MLNet.Saving;

/// <summary>The first member of every saved form.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class ConstantsContract : CustomMappingFactory<SavedForm.NoColumns, SavedForm.ConstantColumns>
{
    public const string Name = "DiffSeg.Constants.v1";

    public static void Map(SavedForm.NoColumns input, SavedForm.ConstantColumns output)
    {
        // The constants are the output's initial values.
    }

    public override Action<SavedForm.NoColumns, SavedForm.ConstantColumns> GetMapping() => Map;
}
