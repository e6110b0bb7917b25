import type { Grammar } from './grammars.ts';

/*
 * tree-sitter queries for what a file defines and imports. A definition is captured by its kind (`@function`, `@class` and
 * so on), its name as `@name`, and what the signature leaves away as `@body`: types that are declared by their members
 * have no `@body`. Paths and module names are captured as `@import`.
 */

const VARIABLES = `
  (variable_declarator name: (identifier) @name value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])
`;

/** Of variables only those of the module: locals are nobody else's. */
const JAVASCRIPT = `
  (function_declaration name: (identifier) @name body: (_) @body) @function
  (generator_function_declaration name: (identifier) @name body: (_) @body) @function
  (class_declaration name: (_) @name body: (_) @body) @class
  (method_definition name: (_) @name body: (_) @body) @method
  (program (lexical_declaration ${VARIABLES}) @function)
  (program (export_statement declaration: (lexical_declaration ${VARIABLES}) @function))
  (program (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)
  (program (variable_declaration (variable_declarator name: (identifier) @name)) @variable)
  (program (export_statement declaration: (lexical_declaration (variable_declarator name: (identifier) @name)) @variable))
  (import_statement source: (string) @import)
  (export_statement source: (string) @import)
  (call_expression function: (import) arguments: (arguments . (string) @import))
  (call_expression function: (identifier) @require arguments: (arguments . (string) @import) (#eq? @require "require"))
`;

const TYPESCRIPT = `
  ${JAVASCRIPT}
  (abstract_class_declaration name: (_) @name body: (_) @body) @class
  (interface_declaration name: (_) @name) @interface
  (type_alias_declaration name: (_) @name) @type
  (enum_declaration name: (_) @name) @enum
  (internal_module name: (identifier) @name body: (_) @body) @module
  (function_signature name: (identifier) @name) @function
  (abstract_method_signature name: (_) @name) @method
  (class_body (public_field_definition name: (_) @name value: (arrow_function body: (_) @body)) @method)
  (import_require_clause source: (string) @import)
`;

const PYTHON = `
  (function_definition name: (identifier) @name body: (_) @body) @function
  (class_definition body: (block (function_definition name: (identifier) @name body: (_) @body) @method))
  (class_definition body: (block
    (decorated_definition definition: (function_definition name: (identifier) @name body: (_) @body) @method)))
  (class_definition name: (identifier) @name body: (_) @body) @class
  (module (expression_statement (assignment left: (identifier) @name) @variable))
  (import_statement) @import
  (import_from_statement) @import
`;

const GO = `
  (function_declaration name: (identifier) @name body: (_)? @body) @function
  (method_declaration name: (_) @name body: (_)? @body) @method
  (type_spec name: (_) @name type: (struct_type)) @class
  (type_spec name: (_) @name type: (interface_type)) @interface
  (type_spec name: (_) @name) @type
  (type_alias name: (_) @name) @type
  (source_file (const_declaration (const_spec name: (identifier) @name) @variable))
  (source_file (var_declaration (var_spec name: (identifier) @name) @variable))
  (source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @variable)))
  (import_spec path: (_) @import)
`;

const RUST = `
  (function_item name: (_) @name body: (_) @body) @function
  (function_signature_item name: (_) @name) @function
  (impl_item body: (declaration_list (function_item name: (_) @name body: (_) @body) @method))
  (trait_item body: (declaration_list (function_item name: (_) @name body: (_) @body) @method))
  (trait_item body: (declaration_list (function_signature_item name: (_) @name) @method))
  (struct_item name: (_) @name) @class
  (union_item name: (_) @name) @class
  (enum_item name: (_) @name) @enum
  (trait_item name: (_) @name) @interface
  (type_item name: (_) @name) @type
  (const_item name: (_) @name) @variable
  (static_item name: (_) @name) @variable
  (mod_item name: (_) @name body: (_) @body) @module
  (macro_definition name: (_) @name) @function
  (use_declaration argument: (_) @import)
  (mod_item name: (_) @import !body)
`;

const JAVA = `
  (class_declaration name: (_) @name body: (_) @body) @class
  (record_declaration name: (_) @name body: (_) @body) @class
  (interface_declaration name: (_) @name) @interface
  (annotation_type_declaration name: (_) @name) @interface
  (enum_declaration name: (_) @name) @enum
  (method_declaration name: (_) @name body: (_)? @body) @method
  (constructor_declaration name: (_) @name body: (_) @body) @method
  (import_declaration [(scoped_identifier) (identifier)] @import)
`;

const C_SHARP = `
  (class_declaration name: (_) @name body: (_) @body) @class
  (struct_declaration name: (_) @name body: (_) @body) @class
  (record_declaration name: (_) @name) @class
  (interface_declaration name: (_) @name) @interface
  (enum_declaration name: (_) @name) @enum
  (method_declaration name: (_) @name body: (_)? @body) @method
  (constructor_declaration name: (_) @name body: (_)? @body) @method
`;

const CPP = `
  (function_definition declarator: (function_declarator declarator: (_) @name) body: (_) @body) @function
  (function_definition
    declarator: (_ declarator: (function_declarator declarator: (_) @name)) body: (_) @body) @function
  (translation_unit (declaration declarator: (function_declarator declarator: (identifier) @name)) @function)
  (translation_unit
    (declaration declarator: (_ declarator: (function_declarator declarator: (identifier) @name))) @function)
  (field_declaration_list (function_definition
    declarator: (function_declarator declarator: (_) @name) body: (_) @body) @method)
  (field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @method
  (class_specifier name: (_) @name body: (_)) @class
  (struct_specifier name: (_) @name body: (_)) @class
  (enum_specifier name: (_) @name body: (_)) @enum
  (type_definition declarator: (type_identifier) @name) @type
  (alias_declaration name: (_) @name) @type
  (preproc_def name: (_) @name) @variable
  (preproc_function_def name: (_) @name) @function
  (preproc_include path: (_) @import)
`;

const RUBY = `
  (method name: (_) @name body: (_)? @body) @method
  (singleton_method name: (_) @name body: (_)? @body) @method
  (class name: (_) @name body: (_)? @body) @class
  (module name: (_) @name body: (_)? @body) @module
  (program (assignment left: (constant) @name) @variable)
  (call method: (identifier) @require arguments: (argument_list . (string) @import) (#match? @require "^require"))
`;

const PHP = `
  (function_definition name: (_) @name body: (_) @body) @function
  (method_declaration name: (_) @name body: (_)? @body) @method
  (class_declaration name: (_) @name body: (_) @body) @class
  (trait_declaration name: (_) @name body: (_) @body) @class
  (interface_declaration name: (_) @name) @interface
  (enum_declaration name: (_) @name) @enum
  (namespace_use_clause . [(qualified_name) (name)] @import)
`;

export const PATTERNS: Readonly<Record<Grammar, string>> = {
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  javascript: JAVASCRIPT,
  python: PYTHON,
  go: GO,
  rust: RUST,
  java: JAVA,
  'c-sharp': C_SHARP,
  cpp: CPP,
  ruby: RUBY,
  php: PHP,
};
