package igpt.page.api;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API as OpenAPI 3.1 describes it, of the controllers themselves: what they map, and the records that they take and give. */
@RestController
final class OpenApi {
    static final String PATH = "/api/v1/openapi.json";
    private static final String SCHEMAS = "components/schemas";
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);

    private final RequestMappingHandlerMapping mappings;
    private final JsonMapper json = JsonMapper.builder().build();
    private @Nullable String made; // guarded by this

    OpenApi(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        mappings = requestMappingHandlerMapping;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Says("This description.")
    synchronized String description() {
        var known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private String make() {
        var root = json.createObjectNode();
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "iGPT Batch")
                .put("version", "1")
                .put("description", "Runs of the experiments of Generative Pretraining from Pixels.");
        var schemas = schemas();
        var problem = schemas.createSchemaReference(ProblemDetail.class);
        var paths = root.putObject("paths");
        mappings.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getPackage().equals(OpenApi.class.getPackage()))
                .sorted(Comparator.comparing(entry -> path(entry.getKey())))
                .forEach(entry -> {
                    var path = path(entry.getKey());
                    var operations = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
                    var verb = entry.getKey().getMethodsCondition().getMethods().stream()
                            .map(RequestMethod::name)
                            .findFirst()
                            .orElse("GET");
                    var operation = operations.putObject(verb.toLowerCase(Locale.ROOT));
                    describe(operation, entry.getValue().getMethod(), schemas);
                    content(
                            operation.withObjectProperty("responses").putObject("default"),
                            "What is wrong.",
                            MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            problem);
                });
        root.putObject("components").set("schemas", schemas.collectDefinitions(SCHEMAS));
        return json.writeValueAsString(root);
    }

    /** {@code /api/v1/runs/{run}}, without the patterns that the names must match. */
    private static String path(RequestMappingInfo mapping) {
        var path = mapping.getPatternValues().iterator().next();
        return path.replaceAll("\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}", "{$1}").replaceAll("\\{\\*(\\w+)}", "{$1}");
    }

    private static void describe(ObjectNode operation, Method method, SchemaBuilder schemas) {
        var says = Objects.requireNonNull(method.getAnnotation(Says.class), () -> method + " lacks @Says");
        operation.put("operationId", method.getName()).put("summary", says.value());
        var parameters = operation.putArray("parameters");
        for (var parameter : method.getParameters()) {
            var path = parameter.getAnnotation(PathVariable.class);
            var query = parameter.getAnnotation(RequestParam.class);
            if (path != null) {
                describe(parameters.addObject(), parameter, path.value(), "path", true, schemas);
            } else if (query != null) {
                boolean free = !query.required() || !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
                var described = describe(parameters.addObject(), parameter, query.value(), "query", !free, schemas);
                standard(described, parameter.getType(), query.defaultValue());
            } else if (parameter.isAnnotationPresent(RequestBody.class)) {
                content(
                        operation.putObject("requestBody").put("required", true),
                        "",
                        MediaType.APPLICATION_JSON_VALUE,
                        schemas.createSchemaReference(parameter.getParameterizedType()));
            }
        }
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
        var answer = answer(method.getGenericReturnType());
        content(
                operation.withObjectProperty("responses").putObject("200"),
                "Done.",
                mediaType(answer),
                schemas.createSchemaReference(answer.equals(Resource.class) ? String.class : answer));
    }

    /** @return its schema */
    private static ObjectNode describe(
            ObjectNode node, Parameter parameter, String name, String place, boolean required, SchemaBuilder schemas) {
        node.put("name", name).put("in", place).put("required", required);
        var says = parameter.getAnnotation(Says.class);
        if (says != null) {
            node.put("description", says.value());
        }
        var schema = schemas.createSchemaReference(parameter.getType());
        node.set("schema", schema);
        return schema;
    }

    private static void standard(ObjectNode schema, Class<?> type, String text) {
        if (text.equals(ValueConstants.DEFAULT_NONE)) {
            return;
        }
        if (NUMBERS.contains(type)) {
            schema.put("default", Long.parseLong(text));
        } else if (type == boolean.class) {
            schema.put("default", Boolean.parseBoolean(text));
        } else {
            schema.put("default", text);
        }
    }

    private static Type answer(Type returned) {
        if (returned instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class) {
            return generic.getActualTypeArguments()[0];
        }
        return returned == SseEmitter.class ? String.class : returned;
    }

    private static String mediaType(Type answer) {
        return answer == Resource.class ? MediaType.APPLICATION_OCTET_STREAM_VALUE : MediaType.APPLICATION_JSON_VALUE;
    }

    private static void content(ObjectNode node, String description, String mediaType, ObjectNode schema) {
        if (!description.isEmpty()) {
            node.put("description", description);
        }
        node.putObject("content").putObject(mediaType).set("schema", schema);
    }

    /** Of records: their components by the names that JSON has, required unless they may be null. */
    private static SchemaBuilder schemas() {
        var config = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields()
                .withPropertyNameOverrideResolver(field -> underscores(field.getDeclaredName()))
                .withNullableCheck(field -> isNullable(field.getRawMember().getAnnotatedType()))
                .withRequiredCheck(field -> !isNullable(field.getRawMember().getAnnotatedType()));
        return new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String underscores(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
