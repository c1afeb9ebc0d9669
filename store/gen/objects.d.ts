import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace dits. */
export namespace dits {

    /** Namespace objects. */
    namespace objects {

        /**
         * Properties of a ManifestNode.
         * @deprecated Use dits.objects.ManifestNode.$Properties instead.
         */
        interface IManifestNode extends dits.objects.ManifestNode.$Properties {
        }

        /** Represents a ManifestNode. */
        class ManifestNode {

            /**
             * Constructs a new ManifestNode.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.ManifestNode.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ManifestNode level. */
            level: number;

            /** ManifestNode ids. */
            ids: Uint8Array;

            /** ManifestNode sizes. */
            sizes: (number|Long)[];

            /** ManifestNode file_hash. */
            file_hash: Uint8Array;

            /** ManifestNode profile. */
            profile: number;

            /**
             * Encodes the specified ManifestNode message. Does not implicitly {@link dits.objects.ManifestNode.verify|verify} messages.
             * @param message ManifestNode message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.ManifestNode.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ManifestNode message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.ManifestNode} ManifestNode
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.ManifestNode;

            /**
             * Gets the type url for ManifestNode
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ManifestNode {

            /** Properties of a ManifestNode. */
            interface $Properties {

                /** ManifestNode level */
                level?: (number|null);

                /** ManifestNode ids */
                ids?: (Uint8Array|null);

                /** ManifestNode sizes */
                sizes?: ((number|Long)[]|null);

                /** ManifestNode file_hash */
                file_hash?: (Uint8Array|null);

                /** ManifestNode profile */
                profile?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ManifestNode. */
            type $Shape = dits.objects.ManifestNode.$Properties;
        }

        /**
         * Properties of a TreeNode.
         * @deprecated Use dits.objects.TreeNode.$Properties instead.
         */
        interface ITreeNode extends dits.objects.TreeNode.$Properties {
        }

        /** Represents a TreeNode. */
        class TreeNode {

            /**
             * Constructs a new TreeNode.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.TreeNode.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TreeNode level. */
            level: number;

            /** TreeNode entries. */
            entries: dits.objects.TreeEntry[];

            /** TreeNode children. */
            children: dits.objects.TreeChild[];

            /**
             * Encodes the specified TreeNode message. Does not implicitly {@link dits.objects.TreeNode.verify|verify} messages.
             * @param message TreeNode message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.TreeNode.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TreeNode message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.TreeNode} TreeNode
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.TreeNode;

            /**
             * Gets the type url for TreeNode
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TreeNode {

            /** Properties of a TreeNode. */
            interface $Properties {

                /** TreeNode level */
                level?: (number|null);

                /** TreeNode entries */
                entries?: (dits.objects.TreeEntry.$Properties[]|null);

                /** TreeNode children */
                children?: (dits.objects.TreeChild.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TreeNode. */
            type $Shape = dits.objects.TreeNode.$Properties;
        }

        /**
         * Properties of a TreeEntry.
         * @deprecated Use dits.objects.TreeEntry.$Properties instead.
         */
        interface ITreeEntry extends dits.objects.TreeEntry.$Properties {
        }

        /** Represents a TreeEntry. */
        class TreeEntry {

            /**
             * Constructs a new TreeEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.TreeEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TreeEntry name. */
            name: string;

            /** TreeEntry kind. */
            kind: number;

            /** TreeEntry content. */
            content: number;

            /** TreeEntry id. */
            id: Uint8Array;

            /** TreeEntry size. */
            size: (number|Long);

            /**
             * Encodes the specified TreeEntry message. Does not implicitly {@link dits.objects.TreeEntry.verify|verify} messages.
             * @param message TreeEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.TreeEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TreeEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.TreeEntry} TreeEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.TreeEntry;

            /**
             * Gets the type url for TreeEntry
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TreeEntry {

            /** Properties of a TreeEntry. */
            interface $Properties {

                /** TreeEntry name */
                name?: (string|null);

                /** TreeEntry kind */
                kind?: (number|null);

                /** TreeEntry content */
                content?: (number|null);

                /** TreeEntry id */
                id?: (Uint8Array|null);

                /** TreeEntry size */
                size?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TreeEntry. */
            type $Shape = dits.objects.TreeEntry.$Properties;
        }

        /**
         * Properties of a TreeChild.
         * @deprecated Use dits.objects.TreeChild.$Properties instead.
         */
        interface ITreeChild extends dits.objects.TreeChild.$Properties {
        }

        /** Represents a TreeChild. */
        class TreeChild {

            /**
             * Constructs a new TreeChild.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.TreeChild.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TreeChild first_name. */
            first_name: string;

            /** TreeChild id. */
            id: Uint8Array;

            /** TreeChild count. */
            count: (number|Long);

            /**
             * Encodes the specified TreeChild message. Does not implicitly {@link dits.objects.TreeChild.verify|verify} messages.
             * @param message TreeChild message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.TreeChild.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TreeChild message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.TreeChild} TreeChild
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.TreeChild;

            /**
             * Gets the type url for TreeChild
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TreeChild {

            /** Properties of a TreeChild. */
            interface $Properties {

                /** TreeChild first_name */
                first_name?: (string|null);

                /** TreeChild id */
                id?: (Uint8Array|null);

                /** TreeChild count */
                count?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TreeChild. */
            type $Shape = dits.objects.TreeChild.$Properties;
        }

        /**
         * Properties of a Signature.
         * @deprecated Use dits.objects.Signature.$Properties instead.
         */
        interface ISignature extends dits.objects.Signature.$Properties {
        }

        /** Represents a Signature. */
        class Signature {

            /**
             * Constructs a new Signature.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.Signature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signature name. */
            name: string;

            /** Signature email. */
            email: string;

            /** Signature time_ms. */
            time_ms: (number|Long);

            /** Signature zone_minutes. */
            zone_minutes: number;

            /**
             * Encodes the specified Signature message. Does not implicitly {@link dits.objects.Signature.verify|verify} messages.
             * @param message Signature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.Signature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.Signature} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.Signature;

            /**
             * Gets the type url for Signature
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Signature {

            /** Properties of a Signature. */
            interface $Properties {

                /** Signature name */
                name?: (string|null);

                /** Signature email */
                email?: (string|null);

                /** Signature time_ms */
                time_ms?: (number|Long|null);

                /** Signature zone_minutes */
                zone_minutes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signature. */
            type $Shape = dits.objects.Signature.$Properties;
        }

        /**
         * Properties of a Commit.
         * @deprecated Use dits.objects.Commit.$Properties instead.
         */
        interface ICommit extends dits.objects.Commit.$Properties {
        }

        /** Represents a Commit. */
        class Commit {

            /**
             * Constructs a new Commit.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.Commit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Commit tree. */
            tree: Uint8Array;

            /** Commit parents. */
            parents: Uint8Array;

            /** Commit author. */
            author?: (dits.objects.Signature|null);

            /** Commit committer. */
            committer?: (dits.objects.Signature|null);

            /** Commit message. */
            message: string;

            /** Commit signer_key. */
            signer_key: Uint8Array;

            /** Commit signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Commit message. Does not implicitly {@link dits.objects.Commit.verify|verify} messages.
             * @param message Commit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.Commit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Commit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.Commit} Commit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.Commit;

            /**
             * Gets the type url for Commit
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Commit {

            /** Properties of a Commit. */
            interface $Properties {

                /** Commit tree */
                tree?: (Uint8Array|null);

                /** Commit parents */
                parents?: (Uint8Array|null);

                /** Commit author */
                author?: (dits.objects.Signature.$Properties|null);

                /** Commit committer */
                committer?: (dits.objects.Signature.$Properties|null);

                /** Commit message */
                message?: (string|null);

                /** Commit signer_key */
                signer_key?: (Uint8Array|null);

                /** Commit signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Commit. */
            type $Shape = dits.objects.Commit.$Properties;
        }

        /**
         * Properties of a Tag.
         * @deprecated Use dits.objects.Tag.$Properties instead.
         */
        interface ITag extends dits.objects.Tag.$Properties {
        }

        /** Represents a Tag. */
        class Tag {

            /**
             * Constructs a new Tag.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.objects.Tag.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Tag target. */
            target: Uint8Array;

            /** Tag target_kind. */
            target_kind: number;

            /** Tag name. */
            name: string;

            /** Tag tagger. */
            tagger?: (dits.objects.Signature|null);

            /** Tag message. */
            message: string;

            /** Tag signer_key. */
            signer_key: Uint8Array;

            /** Tag signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Tag message. Does not implicitly {@link dits.objects.Tag.verify|verify} messages.
             * @param message Tag message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.objects.Tag.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tag message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.objects.Tag} Tag
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.objects.Tag;

            /**
             * Gets the type url for Tag
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Tag {

            /** Properties of a Tag. */
            interface $Properties {

                /** Tag target */
                target?: (Uint8Array|null);

                /** Tag target_kind */
                target_kind?: (number|null);

                /** Tag name */
                name?: (string|null);

                /** Tag tagger */
                tagger?: (dits.objects.Signature.$Properties|null);

                /** Tag message */
                message?: (string|null);

                /** Tag signer_key */
                signer_key?: (Uint8Array|null);

                /** Tag signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Tag. */
            type $Shape = dits.objects.Tag.$Properties;
        }
    }
}
